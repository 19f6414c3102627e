/** Tables beside the report, for whoever wants to ask more of a run. */
export { decisionsParquet, type PolicyDecisions } from './parquet/decisions.ts'
export { explanationsParquet, type PolicyExplanations } from './parquet/explanations.ts'
export { jobsParquet, type PolicyJobs } from './parquet/jobs.ts'
export { seriesParquet } from './parquet/series.ts'
