/// A node of a recurrent cell.
package struct RecipeNode: Sendable, Hashable {
  /// Its name; `h_new_i` for what becomes hidden state i.
  package let name: String
  /// What it computes.
  package let operation: RecipeOperation
  /// What from, in the order listed.
  package let inputs: [RecipeInput]
}

/// What a node reads.
package enum RecipeInput: Sendable, Hashable {
  /// The input of the step: the embedding, or the output of the layer below.
  case x
  /// Hidden state i of the step before, `h_prev_i`.
  case hidden(Int)
  /// The node of an index of `Recipe.nodes`.
  case node(Int)
}
