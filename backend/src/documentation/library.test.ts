import { describe, expect, it } from 'vitest'
import { createLibrary } from './library.ts'
import { guidesFrom } from './test/guides-from.ts'

const library = createLibrary(
  guidesFrom({
    jobs: '---\ntitle: Jobs\norder: 1\nwords: [kill]\n---\n\nA job runs.\n\n## Cancel a job\n\nPress **Cancel**\nand say why. The schedule\nstays.\n\n## Retry a job\n\nA retry is a new job.',
    backup:
      '---\ntitle: Back up\norder: 2\n---\n\nRun `toolbox backup <file>` while the server runs.\nSee [jobs](jobs.md) for `jobs.*`.\n\n> Keep the key.\n',
  }),
)

describe('searching', () => {
  const first = (text: string) => library.search(text, 5)[0]

  it('answers sections with guide, heading, address and line', () => {
    expect(first('cancel')).toEqual({
      guide: 'jobs',
      title: 'Jobs',
      path: 'guides/jobs.md',
      heading: 'Cancel a job',
      address: '/documentation/jobs#cancel-a-job',
      startLine: 11,
      endLine: 13,
      excerpt: 'Press Cancel and say why. The schedule stays.',
      words: ['Cancel'],
    })
  })

  it.each([
    ['other endings', 'cancelling jobs'],
    ['a word that is not finished', 'job canc'],
    ['a typing mistake', 'cancle'],
    ['what people call it', 'kill cancel'],
  ])('finds with %s', (_, text) => expect(first(text)?.heading).toBe('Cancel a job'))

  it('wants every word, and is content with some where no section has all', () => {
    expect(library.search('retry job', 5).map(({ heading }) => heading)[0]).toBe('Retry a job')
    expect(first('retry parachute')?.heading).toBe('Retry a job')
  })

  it.each(['', ' ', '*', '"', '(((', 'the', '\u0000', '__proto__', 'constructor'])('takes %j', (text) => {
    expect(library.search(text, 5)).toEqual([])
  })
})

describe('verifying quotes', () => {
  const verify = (text: string, path?: string) => library.quotes.verify({ text, ...(path && { path }) })

  it.each([
    ['as it stands in the file', 'Press **Cancel**\nand say why.', [11, 12]],
    ['with other line breaks', 'Press **Cancel** and\n\n  say why.', [11, 12]],
    ['as it reads on the page', 'Press Cancel and say why. The schedule stays.', [11, 13]],
    ['with other marks', 'Press *Cancel* and `say` why.', [11, 12]],
    ['with a link by its words', 'See jobs for jobs.*', [7, 7]],
    ['in the middle of marks', 'backup <file>` while the server', [6, 6]],
    ['from a block quote', 'Keep the key.', [9, 9]],
    ['over two blocks', 'Cancel a job Press Cancel', [9, 11]],
  ] as const)('finds one %s', (_, text, [startLine, endLine]) => {
    expect(verify(text)).toMatchObject({ found: true, place: { startLine, endLine }, nearest: null })
  })

  it.each([
    ['with another word', 'Press Cancel and tell why.'],
    ['with a word less', 'Press Cancel and why.'],
    ['with words in another order', 'Cancel Press and say why.'],
    ['with capitals in other places', 'press cancel and say why.'],
    ['that ends in the middle of a word', 'Press Cancel and say wh'],
    ['of a pattern without its star', 'See jobs for jobs. Keep'],
    ['from the front matter', 'title: Jobs'],
    ['of marks alone', '** **'],
  ])('does not find one %s', (_, text) => expect(verify(text)).toMatchObject({ found: false, place: null }))

  it('shows what comes nearest, and nothing where nothing comes near', () => {
    expect(verify('Press Cancel and tell why. The schedule stays.').nearest).toMatchObject({
      text: 'Press **Cancel**\nand say why. The schedule\nstays.',
      path: 'guides/jobs.md',
      heading: 'Cancel a job',
      startLine: 11,
    })
    expect(verify('Penguins swim under water').nearest).toBeNull()
  })

  it('looks only in the guide that is named, by path, name or address, and says where it stands instead', () => {
    for (const name of ['guides/jobs.md', 'jobs', '/documentation/jobs#retry-a-job']) {
      expect(verify('A retry is a new job.', name).found).toBe(true)
    }
    const elsewhere = verify('A retry is a new job.', 'backup')
    expect(elsewhere).toMatchObject({ found: false, nearest: { path: 'guides/jobs.md', likeness: 1 } })
    expect(elsewhere.message).toBe('It does not stand in backup, but in guides/jobs.md, line 17.')
    expect(verify('A retry is a new job.', 'absent').message).toContain('No guide is called absent.')
  })

  it('answers the place nearest to the line that is given', () => {
    const twice = createLibrary(guidesFrom({ a: 'Wait.\n\nWait.\n\nWait.' }))
    const at = (startLine: number) => twice.quotes.verify({ text: 'Wait.', startLine }).place?.startLine
    expect([at(1), at(3), at(9)]).toEqual([1, 3, 5])
  })
})

describe('recommending', () => {
  it('names the guide, says why, and quotes it', () => {
    expect(library.recommend('How do I cancel a job?')).toMatchObject({
      found: true,
      message: 'Read “Jobs”.',
      guides: [{ guide: 'jobs', why: 'Its section “Cancel a job” is about: cancel, job.' }],
      quotes: [{ heading: 'Cancel a job', text: 'Press **Cancel**\nand say why. The schedule\nstays.' }],
    })
  })

  it('answers what is called by another name with how the guide begins', () => {
    expect(library.recommend('How can I kill it?').quotes[0]?.text).toBe('A job runs.')
  })

  it.each(['What is the capital of France?', 'how', '?', ''])('says that no guide answers %j', (question) => {
    expect(library.recommend(question)).toMatchObject({ found: false, guides: [], quotes: [] })
  })
})
