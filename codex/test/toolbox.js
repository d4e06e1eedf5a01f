// Plain JavaScript: what is imported after this line comes from the compile cache, types stripped already.
import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('./toolbox.ts')
