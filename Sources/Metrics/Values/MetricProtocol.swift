/// Which of the two versions of the released code a value follows; they define some metrics differently.
package enum MetricProtocol: String, Sendable, Hashable, CaseIterable {
  /// The version behind `RNN_results.csv`.
  case results
  /// The version behind the ablation files.
  case notebook
}
