/** Discord's refusals, with its codes and sentences (its documentation, "Opcodes and Status Codes"). */

/** One fault in a body: where it is and what Discord calls it. */
export type Problem = Readonly<{ path: readonly (string | number)[]; code: string; message: string }>

export class ApiError extends Error {
  readonly status: number
  readonly code: number
  readonly errors: Readonly<Record<string, unknown>> | undefined
  /** What is wrong with the body, where that is why. */
  readonly problems: readonly Problem[]
  constructor(status: number, code: number, { message, errors, problems }: Refused) {
    super(message)
    this.status = status
    this.code = code
    this.errors = errors
    this.problems = problems ?? []
  }
}
type Refused = Readonly<{ message: string; errors?: Readonly<Record<string, unknown>>; problems?: readonly Problem[] }>

const refusal = (status: number, code: number, message: string) => (): ApiError =>
  new ApiError(status, code, { message })

export const unauthorized = refusal(401, 0, '401: Unauthorized')
export const notFound = refusal(404, 0, '404: Not Found')
export const unknownChannel = refusal(404, 10_003, 'Unknown Channel')
export const unknownGuild = refusal(404, 10_004, 'Unknown Guild')
export const unknownMember = refusal(404, 10_007, 'Unknown Member')
export const unknownMessage = refusal(404, 10_008, 'Unknown Message')
export const unknownUser = refusal(404, 10_013, 'Unknown User')
export const unknownWebhook = refusal(404, 10_015, 'Unknown Webhook')
export const unknownInteraction = refusal(404, 10_062, 'Unknown interaction')
export const unknownCommand = refusal(404, 10_063, 'Unknown application command')
export const alreadyAnswered = refusal(400, 40_060, 'Interaction has already been acknowledged.')
export const missingAccess = refusal(403, 50_001, 'Missing Access')
export const notYours = refusal(403, 50_005, 'Cannot edit a message authored by another user')
export const emptyMessage = refusal(400, 50_006, 'Cannot send an empty message')
export const closedMessages = refusal(403, 50_007, 'Cannot send messages to this user')
export const notText = refusal(400, 50_008, 'Cannot send messages in a non-text channel')
export const missingPermissions = refusal(403, 50_013, 'Missing Permissions')
export const wrongChannelType = refusal(400, 50_024, 'Cannot execute action on this channel type')
export const expiredToken = refusal(401, 50_027, 'Invalid Webhook Token')
export const invalidRecipient = refusal(400, 50_033, 'Invalid Recipient(s)')
export const archivedThread = refusal(400, 50_083, 'Thread is archived')
export const invalidJson = refusal(400, 50_109, 'The request body contains invalid JSON.')

/** 50035, with the faults nested as Discord nests them. */
export function invalidForm(problems: readonly Problem[]): ApiError {
  const errors: Record<string, unknown> = {}
  for (const { path, code, message } of problems) {
    let at = errors
    for (const step of path) {
      const key = String(step)
      at[key] ??= {}
      at = at[key] as Record<string, unknown>
    }
    at['_errors'] ??= []
    ;(at['_errors'] as unknown[]).push({ code, message })
  }
  return new ApiError(400, 50_035, { message: 'Invalid Form Body', errors, problems })
}
