import { drillTest } from './drill-test.ts'
import { stoppedWorker } from './stopped-worker.ts'

drillTest(stoppedWorker)
