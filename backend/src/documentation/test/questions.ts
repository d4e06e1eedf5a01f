// What operators ask, in their words, and the guides that answer it. Several guides where either would do.

export interface Question {
  readonly asks: string
  readonly guides: readonly string[]
}

const ask = (asks: string, ...guides: string[]): Question => ({ asks, guides })

/** The search was made with these at hand. */
export const known: readonly Question[] = [
  ask('How do I cancel a running job?', 'jobs'),
  ask('how can I stop something I started by mistake', 'jobs'),
  ask('My job is stuck in queued, what now?', 'jobs'),
  ask('Can I rerun a failed job with different parameters?', 'jobs'),
  ask('What does the state lost mean?', 'jobs'),
  ask('where do I find the log output of a job', 'jobs'),
  ask('How long are finished jobs kept?', 'jobs', 'settings'),
  ask('I double clicked submit, will it run twice?', 'jobs'),
  ask('how to turn off a toolkit', 'toolkits'),
  ask('Who is allowed to enable or disable plugins?', 'toolkits', 'users'),
  ask('What does degraded mean next to a toolkit?', 'toolkits'),
  ask('How do I give a colleague access?', 'users'),
  ask('I forgot my password', 'users'),
  ask('I am locked out after too many login attempts', 'users', 'troubleshooting'),
  ask('What is the difference between curator and user?', 'users'),
  ask('Somebody left the company, how do I remove their account?', 'users'),
  ask('How do I create an API key for our CI pipeline?', 'tokens'),
  ask('a token leaked, what should I do', 'tokens'),
  ask('How can I restrict what an AI agent may do?', 'tokens'),
  ask('Where do I put the password of our Zabbix server so that nobody can read it?', 'secrets'),
  ask('how to rotate a credential', 'secrets'),
  ask('Where can I see who changed what?', 'audit'),
  ask('How do I prove that nobody tampered with the audit trail?', 'audit'),
  ask('export audit entries to csv', 'audit'),
  ask('How do I put nginx with https in front of it?', 'running'),
  ask('How do I install this as a systemd service?', 'running'),
  ask('Which port does it listen on and how do I change it?', 'settings'),
  ask('How do I back up the database?', 'backup'),
  ask('how do I upgrade to a new version safely', 'backup'),
  ask('The server says the data directory is in use', 'troubleshooting'),
  ask('What is deadline_exceeded?', 'troubleshooting', 'jobs'),
  ask('what are the exit codes of the command line', 'command-line'),
  ask('How do I write my own toolkit?', 'writing-a-toolkit', 'toolkit-sdk'),
  ask('What does the journal file do?', 'codex'),
  ask('My regular expression never finishes', 'toolkits/regex'),
  ask('measure why a website is slow', 'toolkits/latency-sleuth'),
]

/** Written afterwards and looked at once: what the search answers to questions that it was not made for. */
export const heldOut: readonly Question[] = [
  ask('is there a way to schedule work for tonight instead of right away', 'jobs', 'schedules'),
  ask('what happens to my running jobs when the server restarts', 'jobs', 'running'),
  ask('how do I see only failed jobs of the last day', 'jobs'),
  ask('who may read the audit log?', 'audit', 'users'),
  ask('can I use PostgreSQL instead of SQLite?', 'running', 'settings'),
  ask('where is the encryption key stored', 'secrets'),
  ask('prometheus endpoint', 'running'),
  ask('the web page shows nothing, only the API works', 'troubleshooting'),
  ask('how to make an admin', 'users'),
  ask('how do I log in from a terminal', 'command-line', 'first-job', 'tokens'),
  ask('my script gets 403 token_forbids', 'tokens', 'troubleshooting'),
  ask('what percentile does the probe report', 'toolkits/latency-sleuth'),
  ask('how do agents hand over work to the next session', 'codex'),
  ask('disk full', 'troubleshooting'),
]

/** What no guide answers. */
export const beyond: readonly string[] = [
  'What is the capital of France?',
  'How do I bake sourdough bread?',
  'Which phase is the moon in tonight?',
  'How do I connect a Bluetooth headset?',
  'Can you recommend a good restaurant nearby?',
  'How do I configure BGP peering between two routers?',
  'Translate this paragraph into Portuguese',
  'How much does an enterprise licence cost per seat?',
]
