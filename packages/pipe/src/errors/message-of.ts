/** The message of whatever was thrown. */
export function messageOf(cause: unknown): string {
  const message =
    typeof cause === 'object' && cause !== null && 'message' in cause ? cause.message : cause;
  return String(message);
}
