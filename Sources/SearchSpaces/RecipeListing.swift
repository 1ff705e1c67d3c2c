/// A node as it is written: the inputs are names. The form to build a recipe from in code.
package struct RecipeListing: Sendable, Hashable {
  /// The name of the node.
  package var name: String
  /// What it computes.
  package var operation: RecipeOperation
  /// `x`, `h_prev_i`, or names of nodes.
  package var inputs: [String]

  /// Creates a listed node.
  package init(name: String, operation: RecipeOperation, inputs: [String]) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
  }
}
