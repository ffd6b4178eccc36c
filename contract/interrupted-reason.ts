/** Why a guarantee is Inconclusive whose run was interrupted while it ran: that says nothing about the guarantee. */
export const interruptedReason = 'The run was interrupted before the guarantee was judged.'
