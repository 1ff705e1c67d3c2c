import Store

/// What a step may use besides its inputs; its output must not depend on it.
package struct StepContext: Sendable {
  /// How many workers it may use.
  let workers: Int
  /// Where evaluations are kept.
  let store: Store
  /// Whether what is kept is computed again.
  let isForced: Bool
  /// Says how many parts of the step are done, of how many.
  let progress: @Sendable (_ done: Int, _ total: Int) -> Void
}
