/** Faults on demand: by route, by count, by chance. The chance comes from the seed, so that a failing run can be had again. */

/** `before` the request had its effect, or `after`: then only the answer is lost. */
export type FaultKind =
  /** `status` (502 if absent), with the page of a proxy as its body. */
  | 'error'
  /** The line breaks without an answer. */
  | 'reset'
  /** No answer, for `ms` (a minute if absent); then the line breaks. */
  | 'stall'
  /** 429 for `ms` (1 s if absent), of this route or `global`. Never has an effect. */
  | 'limited'
  /** 200 with a body that is no JSON. After the effect, if not said otherwise. */
  | 'garbage'
  /** The true answer, cut in the middle. Always after the effect. */
  | 'cut'
  /** All goes well, `ms` late (100 if absent). */
  | 'delay'

export type Fault = Readonly<{
  kind: FaultKind
  /** "POST /channels/{channel_id}/messages"; a "*" stands for anything. All routes, if absent. */
  route?: string
  when?: 'before' | 'after'
  status?: number
  ms?: number
  global?: boolean
  /** So often, then never again. Without end, if absent. */
  count?: number
  /** So many matching requests pass first. */
  skip?: number
  /** From 0 to 1; always, if absent. */
  probability?: number
}>

export type Faults = Readonly<{
  /** @returns takes the rule away */
  add(fault: Fault): () => void
  clear(): void
  /** The fault for a request of this route: the first rule that matches. */
  pick(route: string): Fault | undefined
  rules(): readonly Fault[]
}>

/** As the journal writes it: "error after". */
export function nameOf({ kind, when, status, global }: Fault): string {
  return [kind, status, global ? 'global' : undefined, when].filter((part) => part !== undefined).join(' ')
}

type Rule = { readonly fault: Fault; readonly pattern: RegExp; left: number; skip: number }

export function createFaults(chance: () => number): Faults {
  const rules: Rule[] = []
  return {
    add: (fault) => {
      const rule: Rule = {
        fault,
        pattern: patternOf(fault.route ?? '*'),
        left: fault.count ?? Infinity,
        skip: fault.skip ?? 0,
      }
      rules.push(rule)
      return () => {
        const at = rules.indexOf(rule)
        if (at >= 0) rules.splice(at, 1)
      }
    },
    clear: () => {
      rules.length = 0
    },
    pick: (route) => {
      const rule = rules.find((one) => one.left > 0 && one.pattern.test(route) && strikes(one, chance))
      if (rule) rule.left -= 1
      return rule?.fault
    },
    rules: () => rules.filter(({ left }) => left > 0).map(({ fault }) => fault),
  }
}

function strikes(rule: Rule, chance: () => number): boolean {
  if (rule.skip > 0) {
    rule.skip -= 1
    return false
  }
  const { probability = 1 } = rule.fault
  return probability >= 1 || chance() < probability
}

function patternOf(route: string): RegExp {
  const literal = route.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('.*')}$`)
}
