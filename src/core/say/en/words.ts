/** What is wrong with typed keywords, one line each. */
import { code, type Rich, rich } from '../../rich.ts'
import type { TopicProblem } from '../../topic.ts'

export function problemText(problem: TopicProblem): Rich {
  switch (problem.kind) {
    case 'empty':
      return rich`There is no keyword in that.`
    case 'tooLong':
      return rich`That is ${problem.chars} characters; I take ${problem.max}.`
    case 'tooManyTerms':
      return rich`That is ${problem.count} keywords; one subscription takes ${problem.max}. Make two of it.`
    case 'onlyExclusions':
      return rich`That only says what not to match. Add a keyword to match.`
    case 'termTooLong':
      return rich`The keyword ${code(problem.term.slice(0, 40))} has ${problem.chars} characters; I take ${problem.max}.`
    case 'noWord':
      return rich`${code(problem.term)} holds no letter or digit that I could look for.`
    case 'starInside':
      return rich`In ${code(problem.term)} the star must stand at the end of a word, as in ${code('sanction*')}.`
    case 'prefixTooShort':
      return rich`${code(problem.term)} would match too much. Write at least ${problem.min} letters before the star.`
    case 'openQuote':
      return rich`In ${code(problem.term)} a quotation mark is opened and never closed.`
    case 'openPattern':
      return rich`In ${code(problem.term)} a slash opens a pattern and none closes it.`
    case 'badPattern':
      return rich`I cannot read the pattern ${code(problem.term.slice(0, 40))}. Plain words are easier; patterns are those of RE2.`
  }
}
