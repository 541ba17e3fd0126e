/** Who speaks in Chinese and Japanese, where no space parts a name from its verb. A name is known by the office beside it, by the
 *  dot of a foreign name, or by a title of respect; a bare name counts where one of these has introduced it before. Patterns of news:
 *  外交部发言人林小雨表示：“…”, 「…」と山田首相は述べた, 山田首相は「…」と述べた. Everything else stays without a speaker. */
import type { Marked } from './marks.ts'

export type WideVoice = Readonly<{ name: string; role?: string; cue: string }>

/** What of the text before and behind the words is looked at. */
const REACH_CHARS = 90

/** Chinese offices stand before a name, Japanese ones behind it. The longer first: of "副总统" the whole is the office. */
const CHINESE_ROLES =
  '新闻发言人|新聞發言人|发言人|發言人|副总统|副總統|总统|總統|副总理|副總理|总理|總理|首相|副主席|主席|秘书长|秘書長|国防部长|國防部長|外交部长|外交部長|部长|部長|外长|外長|防长|防長|大使|市长|市長|州长|州長|省长|省長|县长|縣長|议长|議長|议员|議員|委员|委員|书记|書記|总裁|總裁|董事长|董事長|首席执行官|总经理|總經理|经理|經理|教授|博士|研究员|研究員|专家|專家|律师|律師|医生|醫生|司令|将军|將軍|上将|局长|局長|院长|院長|校长|校長|教练|教練|球员|球員|先生|女士'
const CHINESE_VERBS =
  '表示|指出|强调|強調|认为|認為|写道|寫道|称|稱|说道|說道|说|說|告诉记者|告訴記者|警告|补充|補充|回应|回應|透露|宣布|坦言|批评|批評|呼吁|呼籲|解释|解釋|提到|回答'
const JAPANESE_ROLES =
  '官房長官|事務総長|副大統領|大統領|副首相|首相|外相|防衛相|財務相|経済相|環境相|農相|大臣|長官|報道官|知事|市長|町長|村長|区長|議長|議員|党首|委員長|幹事長|総裁|社長|会長|教授|准教授|医師|弁護士|監督|選手|大使|司令官|局長|所長|署長|部長|課長|校長|代表|容疑者|被告'
const JAPANESE_VERBS =
  '述べ|語|話|強調|説明|主張|指摘|批判|訴え|答え|コメント|発言|投稿|書い|呼びかけ|呼び掛け|明らかにし|表明|警告|言っ|言い|振り返|反論|付け加え|断言|宣言|発表|明か'

const HAN = '\\p{Script=Han}'
const DOTTED = `${HAN}{1,7}(?:[·・‧]${HAN}{1,7}){1,3}`
const KATAKANA = '[\\p{Script=Katakana}ー]{2,14}(?:[・=＝][\\p{Script=Katakana}ー]{1,14}){0,3}'
/** When and where it was said stands between a Chinese name and its verb. */
const WHEN =
  '(?:(?:上|本|这|這)?(?:周|週|星期|礼拜)[一二三四五六日天]|\\d{1,2}(?:月\\d{1,2})?日|今天|昨天|当天|當天|今日|昨日|当日|當日|日前|随后|隨後|此前|则|則|也|还|還|再次|强烈|明确|公开)?'
const WHERE = `(?:[在对對向接]${HAN}{1,14}?(?:上|中|时|時|后|後|期间|期間|采访|採訪|记者|記者|表|媒体|媒體))?`
const SAYS = `${WHEN}${WHERE}${WHEN}(${CHINESE_VERBS})[道到]?$`

const CHINESE_INTRODUCED = new RegExp(`(${CHINESE_ROLES})(${DOTTED}|${HAN}{2,4}?)${SAYS}`, 'u')
const CHINESE_DOTTED = new RegExp(`(?:^|[，、；：])(?:而|但|对此|對此)?(${DOTTED})${SAYS}`, 'u')
const CHINESE_BARE = new RegExp(`(?:^|[，、；：])(?:而|但|对此|對此)?(${HAN}{2,4}?)${SAYS}`, 'u')

const JAPANESE_NAME = `(${KATAKANA}|${HAN}{2,6}?)(${JAPANESE_ROLES}|氏|さん|容疑者)`
const JAPANESE_TOPIC = new RegExp(`${JAPANESE_NAME}(?:（[^）]{1,12}）)?(?:は|が)`, 'gu')
const JAPANESE_SAYS = new RegExp(`^、?(?:など)?と(.{0,40}?)((?:${JAPANESE_VERBS})\\p{Script=Hiragana}{0,4})`, 'u')

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
/** Names that are looked for in the whole text; an article has few speakers. */
const LOOKED_UP_MAX = 40

/** Tells who speaks marked words of this text, or undefined. It looks at no more than a line beside them, save for a bare name, which
 *  is looked for in the text once. */
export function wideVoices(text: string): (run: Marked) => WideVoice | undefined {
  if (!WIDE.test(text)) return () => undefined
  const known = new Map<string, Introduced | undefined>()
  const introduced = (bare: string) => {
    if (!known.has(bare) && known.size < LOOKED_UP_MAX) known.set(bare, introducedIn(text, bare))
    return known.get(bare)
  }
  return (run) => voiceOf(text, run, introduced)
}

type Introduced = Readonly<{ name: string; role?: string }>
type LookUp = (bare: string) => Introduced | undefined

function voiceOf(text: string, { outerStart, outerEnd }: Marked, introduced: LookUp): WideVoice | undefined {
  const before = clauseBefore(text, outerStart)
  const behind = text.slice(outerEnd, outerEnd + REACH_CHARS).split(/[。！？\n「“]/u, 1)[0] ?? ''
  return japanese(before, behind) ?? chinese(before, introduced)
}

/** The sentence up to the words, without the colon or comma that leads to them. */
function clauseBefore(text: string, outerStart: number): string {
  const reach = text.slice(Math.max(0, outerStart - REACH_CHARS), outerStart)
  return (reach.split(/[。！？\n」”]/u).at(-1) ?? '').replace(/[：:，,、\s]{1,3}$/u, '')
}

function japanese(before: string, behind: string): WideVoice | undefined {
  const [, between = '', cue] = JAPANESE_SAYS.exec(behind) ?? []
  if (cue === undefined) return
  // The topic that stands nearest: between the words and the verb, else the last one before them.
  const [topic] = [between, before].flatMap((part) => [...part.matchAll(JAPANESE_TOPIC)].slice(-1))
  const [, name, role] = topic ?? []
  if (name === undefined) return
  return { name, cue, ...(role && !/^(?:氏|さん)$/.test(role) ? { role } : {}) }
}

function chinese(before: string, introduced: LookUp): WideVoice | undefined {
  const official = CHINESE_INTRODUCED.exec(before)
  if (official) {
    const [, role = '', name = '', cue = ''] = official
    return { name, cue, ...(/^(?:先生|女士)$/.test(role) ? {} : { role }) }
  }
  const [, dotted, said] = CHINESE_DOTTED.exec(before) ?? []
  if (dotted !== undefined) return { name: dotted, cue: said ?? '' }
  const [, bare, verb] = CHINESE_BARE.exec(before) ?? []
  const full = bare === undefined ? undefined : introduced(bare)
  return full && { ...full, cue: verb ?? '' }
}

/** "林小雨说" after "发言人林小雨", "索尔说" after "安娜·索尔". */
function introducedIn(text: string, bare: string): Introduced | undefined {
  const role = new RegExp(`(${CHINESE_ROLES})${bare}`, 'u').exec(text)?.[1]
  if (role !== undefined) return { name: bare, ...(/^(?:先生|女士)$/.test(role) ? {} : { role }) }
  const dotted = new RegExp(`${HAN}{1,7}[·・‧]${bare}(?!${HAN}?[·・‧])`, 'u').exec(text)?.[0]
  return dotted === undefined ? undefined : { name: dotted }
}
