/** A trie over words: phrases go in and out live, and one walk over a text finds them all. The cost of a walk is the text's length
 *  times the longest phrase that it begins to spell, whatever the number of phrases. */
import type { Token } from '../words.ts'

export type Phrase = Readonly<{
  words: readonly string[] /** The last word is a beginning: "sanction*". */
  open: boolean
}>

/** A place in the text that spells a phrase: `first` and `last` are indices of tokens. */
type Visit<Value> = (value: Value, first: number, last: number) => void

type Trie<Value> = Readonly<{
  add(phrase: Phrase, value: Value): void
  /** Takes out what was added with the same phrase and the very same value. */
  remove(phrase: Phrase, value: Value): void
  find(tokens: readonly Token[], visit: Visit<Value>): void
}>

/** Maps are only made where something goes on: with 100,000 phrases most nodes are leaves. `Key` is a word, or a letter's code. */
type Node<Key, Value> = { next?: Map<Key, Node<Key, Value>>; ends?: Value[] }
type WordNode<Value> = Node<string, Value> & {
  next?: Map<string, WordNode<Value>>
  /** Beginnings of words that may stand here, letter by letter. */
  letters?: Node<number, Value>
}

export function createTrie<Value>(): Trie<Value> {
  const root: WordNode<Value> = {}
  return {
    add: (phrase, value) => addPhrase(root, phrase, value),
    remove: (phrase, value) => removePhrase(root, { ...phrase, value }, 0),
    find: (tokens, visit) => {
      if (!root.next && !root.letters) return
      for (let first = 0; first < tokens.length; first++) walk(root, { tokens, first, visit })
    },
  }
}

function walk<Value>(
  root: WordNode<Value>,
  { tokens, first, visit }: { tokens: readonly Token[]; first: number; visit: Visit<Value> },
): void {
  let node: WordNode<Value> = root
  for (let at = first; at < tokens.length; at++) {
    const word = tokens[at]?.word ?? ''
    if (node.letters) spell(node.letters, word, (value) => visit(value, first, at))
    const next = node.next?.get(word)
    if (!next) return
    if (next.ends) for (const value of next.ends) visit(value, first, at)
    node = next
  }
}

/** Every beginning that the word has. */
function spell<Value>(letters: Node<number, Value>, word: string, visit: (value: Value) => void): void {
  let node = letters
  for (let at = 0; at < word.length; at++) {
    const next = node.next?.get(word.charCodeAt(at))
    if (!next) return
    if (next.ends) for (const value of next.ends) visit(value)
    node = next
  }
}

function addPhrase<Value>(root: WordNode<Value>, { words, open }: Phrase, value: Value): void {
  let node = root
  const whole = open ? words.slice(0, -1) : words
  for (const word of whole) node = step(node, word, {})
  let end: Node<string, Value> | Node<number, Value> = node
  if (open) {
    node.letters ??= {}
    let letter = node.letters
    for (const code of codesOf(words)) letter = step(letter, code, {})
    end = letter
  }
  end.ends ??= []
  end.ends.push(value)
}

function codesOf(words: readonly string[]): readonly number[] {
  const last = words.at(-1) ?? ''
  return Array.from({ length: last.length }, (_, at) => last.charCodeAt(at))
}

/** The node behind a key; `fresh` takes the place where there is none. */
function step<Key, Here>(node: { next?: Map<Key, Here> }, key: Key, fresh: Here): Here {
  node.next ??= new Map()
  const known = node.next.get(key)
  if (known) return known
  node.next.set(key, fresh)
  return fresh
}

type Removal<Value> = Phrase & { value: Value }

/** @returns whether the node holds nothing any more */
function removePhrase<Value>(node: WordNode<Value>, removal: Removal<Value>, depth: number): boolean {
  const { words, open, value } = removal
  const wholeWords = open ? words.length - 1 : words.length
  if (depth < wholeWords) {
    const word = words[depth] ?? ''
    const next = node.next?.get(word)
    if (next && removePhrase(next, removal, depth + 1)) drop(node, word)
  } else if (!open) takeOut(node, value)
  else if (node.letters && removeLetters(node.letters, { codes: codesOf(words), value }, 0)) delete node.letters
  return !node.next && !node.ends && !node.letters
}

function removeLetters<Value>(
  node: Node<number, Value>,
  removal: { codes: readonly number[]; value: Value },
  depth: number,
): boolean {
  const code = removal.codes[depth]
  if (code === undefined) takeOut(node, removal.value)
  else {
    const next = node.next?.get(code)
    if (next && removeLetters(next, removal, depth + 1)) drop(node, code)
  }
  return !node.next && !node.ends
}

function drop<Key, Value>(node: Node<Key, Value>, key: Key): void {
  node.next?.delete(key)
  if (node.next?.size === 0) delete node.next
}

/** Order does not matter, so the last one takes the place: no shifting where thousands share a word. */
function takeOut<Key, Value>(node: Node<Key, Value>, value: Value): void {
  const at = node.ends?.indexOf(value) ?? -1
  if (!node.ends || at < 0) return
  const last = node.ends.pop()
  if (last !== undefined && at < node.ends.length) node.ends[at] = last
  if (node.ends.length === 0) delete node.ends
}
