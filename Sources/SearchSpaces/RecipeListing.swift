/// A node as it is written: the inputs are names. The form to build a recipe from in code.
public struct RecipeListing: Sendable, Hashable {
  /// The name of the node.
  public var name: String
  /// What it computes.
  public var operation: RecipeOperation
  /// `x`, `h_prev_i`, or names of nodes.
  public var inputs: [String]

  /// Creates a listed node.
  public init(name: String, operation: RecipeOperation, inputs: [String]) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
  }
}
