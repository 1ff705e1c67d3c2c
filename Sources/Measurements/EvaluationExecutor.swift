import Outcomes

/// Decides where the evaluations of a measurement are made: in this process, or by a scheduler on other machines. Keys,
/// outcomes and the memo before them are the same wherever that is.
package protocol EvaluationExecutor: Sendable {
  /// What makes the evaluations of a measurement.
  ///
  /// - Throws: `Reason` when it cannot be had.
  func runner(_ work: EvaluationWork) throws(Reason) -> any EvaluationRunning
}

/// The measurement whose evaluations are to be made.
package struct EvaluationWork: Sendable {
  /// Its settings, as the spec has them and as they were looked up.
  package let measure: ResolvedMeasure
  /// The engine with its tokens loaded, in this process.
  package let session: any MeasuringSession
  /// Makes the keys of evaluations.
  package let keys: EvaluationKeys
  /// Number of metric columns: an evaluation has as many outcomes.
  package let columns: Int
  /// Evaluations at once in this process.
  package let workers: Int
  /// True when evaluations are made again that were made before.
  package let isForced: Bool
  /// Keeps evaluations of the measurement in the store, in one transaction: those that come many at once, and those that were
  /// not asked for here but by another run. One that is there already with the same outcomes stays as it is.
  package let keep: @Sendable ([KeyedEvaluation]) throws(Reason) -> Void

  /// Joins the parts.
  package init(
    measure: ResolvedMeasure, session: any MeasuringSession, keys: EvaluationKeys, columns: Int, workers: Int,
    isForced: Bool, keep: @escaping @Sendable ([KeyedEvaluation]) throws(Reason) -> Void
  ) {
    self.measure = measure
    self.session = session
    self.keys = keys
    self.columns = columns
    self.workers = workers
    self.isForced = isForced
    self.keep = keep
  }
}

/// An evaluation with its key.
package struct KeyedEvaluation: Sendable, Hashable {
  /// The key in the store's memo.
  package var key: String
  /// What was made.
  package var evaluation: Evaluation

  /// Joins the two.
  package init(_ key: String, _ evaluation: Evaluation) {
    self.key = key
    self.evaluation = evaluation
  }
}

/// Makes evaluations on the threads of this process.
package struct LocalExecutor: EvaluationExecutor {
  package init() {}

  package func runner(_ work: EvaluationWork) -> any EvaluationRunning {
    LocalEvaluations(work.session, workers: work.workers)
  }
}
