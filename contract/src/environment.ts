/** Every name of the environment that someone reads, by who reads it. Values are in nobody's answer. */
export const environmentNames = {
  server: [
    'PORT',
    'HOST',
    'TOOLBOX_DATA_DIR',
    'TOOLBOX_ROLES',
    'DATABASE_URL',
    'TOOLBOX_MASTER_KEY',
    'TOOLKIT_STORAGE_DIR',
    'TOOLBOX_EXTRA_TOOLKITS',
    'TOOLBOX_TRUSTED_PROXIES',
    'FRONTEND_BASE_URL',
    'BOOTSTRAP_ADMIN_USERNAME',
    'BOOTSTRAP_ADMIN_PASSWORD',
    'BOOTSTRAP_ADMIN_EMAIL',
    'AUDIT_LOG_RETENTION_DAYS',
    'JOB_RETENTION_DAYS',
    'JOB_RETENTION_COUNT',
    'TOOLBOX_WORKER_CONCURRENCY',
    'TOOLBOX_CANCEL_GRACE_SECONDS',
    'LOG_LEVEL',
  ],
  frontend: ['VITE_API_BASE_URL', 'VITE_DEV_API_PROXY'],
  cli: ['TOOLBOX_URL', 'TOOLBOX_TOKEN', 'TOOLBOX_ACTOR', 'TOOLBOX_CODEX_SESSION'],
} as const

/** What the server's own configuration may hold; `compose/config.ts` has exactly these. */
export type ServerVariable = (typeof environmentNames.server)[number]
