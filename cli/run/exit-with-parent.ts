// Preloaded into Vitest: a runner that is killed outright takes Vitest and its workers with it.
process.once('disconnect', () => process.exit(1))
process.channel?.unref()
