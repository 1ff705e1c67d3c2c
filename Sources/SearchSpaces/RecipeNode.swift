/// A node of a recurrent cell.
public struct RecipeNode: Sendable, Hashable {
  /// Its name; `h_new_i` for what becomes hidden state i.
  public let name: String
  /// What it computes.
  public let operation: RecipeOperation
  /// What from, in the order listed.
  public let inputs: [RecipeInput]
}

/// What a node reads.
public enum RecipeInput: Sendable, Hashable {
  /// The input of the step: the embedding, or the output of the layer below.
  case x
  /// Hidden state i of the step before, `h_prev_i`.
  case hidden(Int)
  /// The node of an index of `Recipe.nodes`.
  case node(Int)
}
