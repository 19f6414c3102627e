/** What a thread of `DrawingThread` runs. */
export { drawAll as default } from './render.ts'
