/** What says nothing about what is asked. */
const fillers = new Set(
  (
    'a about after again all also am an and any anyone anything are as at be because been before between but by can cannot could ' +
    'did do does doing done during each either else ever every for from get gets getting give go goes got had happen ' +
    'happens has have having he help her here him his how i if in instead into is it its just know let like may me might ' +
    'more most much must my need needs no nor not now of off ok on one only onto or other our out over own per please ' +
    'possible really said same say says see shall she should so some someone something still such take tell than that the ' +
    'their them then there these they thing this those through to too two under until up us use used using very want wants ' +
    'was way we well were what when where which while who whom whose why will with within without would yes yet you your ' +
    "don't doesn't can't isn't won't didn't i'm it's what's there's toolbox sre"
  ).split(' '),
)

/** The words of a text as they are compared: small, without endings, and parts beside the whole of `jobs.cancel`. */
export function termsOf(text: string): string[] {
  return tokens(text).flatMap(termsOfToken)
}

export function tokens(text: string): string[] {
  return text.match(/[\p{L}\p{N}_](?:[\p{L}\p{N}_.'’/@-]*[\p{L}\p{N}_])?/gu) ?? []
}

export function termsOfToken(token: string): string[] {
  const whole = token.toLowerCase().replaceAll('’', "'")
  if (fillers.has(whole)) return []
  const parts = whole.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '' && !fillers.has(part))
  const stems = parts.map(stem)
  return parts.length > 1 ? [...new Set([whole, ...stems])] : stems
}

/** `cancelled`, `cancelling` and `cancels` are all `cancel`. Rough, and the same for guides and questions. */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word
  const single = word
    .replace(/'s$/, '')
    .replace(/(?:ies|ied)$/, 'y')
    .replace(/(ss|sh|ch|x)es$/, '$1')
    .replace(/([^su])s$/, '$1')
  const bare = single.replace(/(?<=[aeiouy].*)(?:ing|ed)$/, '').replace(/(?<=[aeiouy].*)(?:ation|ions?)$/, '')
  const base = bare.length < 3 ? single : bare
  return base.replace(/([bdgklmnprt])\1$/, '$1').replace(/(?<=.{3})e$/, '')
}
