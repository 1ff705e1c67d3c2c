/// A part of a text set, in the order in which its words enter the dictionary.
package enum CorpusPart: String, Sendable, Hashable, CaseIterable {
  /// The training part.
  case train
  /// The validation part.
  case valid
  /// The test part.
  case test
}
