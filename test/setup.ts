import fc from 'fast-check'

// Texts are compared without colours, wherever the tests run: picocolors colours where CI is set, and Node warns of both.
delete process.env.FORCE_COLOR

// CI meets the same random inputs every time; the long form looks for new ones.
if (process.env.FABRICDT_LONG !== '1') fc.configureGlobal({ seed: 20261124 })
