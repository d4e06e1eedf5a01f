import { cancelVersusFinish } from './cancel-versus-finish.ts'
import { drillTest } from './drill-test.ts'

drillTest(cancelVersusFinish)
