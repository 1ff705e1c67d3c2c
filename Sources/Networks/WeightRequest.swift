/// Whose gradients a pass is run for, among the matrices of linear nodes.
package enum WeightRequest: Sendable, Hashable {
  /// None.
  case none
  /// All.
  case all
  /// All but the first-listed input's matrix of each linear node.
  case exceptFirstInputs
}
