const [asked, answered] = ['/tmp/holdfast-let-go', '/tmp/holdfast-written']

/** Command that starts a script in the background. It keeps a text in memory and writes it to a file when `resumeScript` runs. */
export function pausedScript(text: string, file: string): readonly string[] {
  const program = `read -r < ${asked}; echo '${text}' > ${file}; sync ${file}; echo > ${answered}`
  return ['bash', '-c', `mkfifo ${asked} ${answered}; (${program}) > /dev/null 2>&1 &`]
}

/** Command that resumes the script of `pausedScript`; it returns once the text is durable. */
export const resumeScript: readonly string[] = ['bash', '-c', `echo > ${asked}; read -r < ${answered}`]
