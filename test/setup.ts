/** CI meets the same random inputs every time; the long form looks for new ones. */
import fc from 'fast-check'

if (process.env.FABRICDT_LONG !== '1') fc.configureGlobal({ seed: 20261124 })
