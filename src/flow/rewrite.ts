/** A summary in a model's words, where the operator set one: only for what somebody may be told of, and only if it is true to the article. */
import type { Admission } from '../core/admit.ts'
import type { Article } from '../core/model.ts'
import { checkRewrite } from '../core/summary/rewrite.ts'
import type { Log, Rewriter } from './ports.ts'

type RewriteWorld = Readonly<{ rewriter?: Rewriter; log: Log }>
type Asking = Readonly<{ admission: Admission; matched: boolean; signal: AbortSignal }>

/** The article with the model's summary, or as it came: the extract is always good enough to be shown. */
export async function withRewrite(article: Article, asking: Asking, { rewriter, log }: RewriteWorld): Promise<Article> {
  const { admission, matched, signal } = asking
  const silent = admission.kind === 'silent' || admission.kind === 'skip'
  if (!rewriter || silent || !matched || article.from !== 'page' || article.summary.length === 0) return article
  const { title, text, summary } = article
  const rewriting = await rewriter.rewrite({ title, text, extract: summary }, signal)
  const checked = rewriting.kind === 'rewritten' ? checkRewrite(rewriting.text, article) : undefined
  if (checked?.kind === 'taken') return { ...article, summary: checked.sentences, summaryBy: rewriter.model }
  const reason = rewriting.kind === 'failed' ? rewriting.reason : checked?.kind === 'refused' ? checked.reason : ''
  log.warn('summary not rewritten', { articleId: article.id, outcome: rewriting.kind, reason })
  return article
}
