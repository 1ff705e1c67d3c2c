import Gradients
import Tensors

/// What a forward pass leaves behind for metrics to read. Matrices have a row for each step and column, step by step:
/// [T·B, width].
package struct ForwardTrace<Element: TensorElement> {
  /// The tape, with everything on it that a requested gradient needs.
  package let tape: Tape<Element>
  /// T.
  package let steps: Int
  /// B.
  package let columns: Int
  /// The embedded tokens [T·B, e]: a leaf.
  package let embedded: Variable
  /// The layers from the embedding upwards.
  package let layers: [LayerTrace<Element>]

  /// The outputs y of the last layer [T·B, width]: what the decoder reads.
  package var output: Variable {
    guard let last = layers.last else { preconditionFailure("a network has a layer") }
    return last.states
  }
}

/// What a forward pass leaves behind of one layer.
package struct LayerTrace<Element: TensorElement> {
  /// Hidden state 0 after each step [T·B, width]; it is the layer's output. Rows of the last step enter no further step.
  package let states: Variable
  /// Hidden state 0 after each step, step by step, views of `states`; with the place on the tape where the step ends, so
  /// that a gradient with regard to the state leaves out what other nodes of the same step read of it, as the released
  /// code does.
  package let stateSteps: [(state: Variable, end: TapeMark)]
  /// The stacked weights that are leaves of the tape, with the recipe's node and input of each part.
  package let weights: [StackedWeight<Element>]
  /// The outputs of activation nodes that are variables of the tape, for gradients with regard to activations.
  package let activations: [Variable]
}

/// The matrices of all linear nodes that read one input, as one matrix.
package struct StackedWeight<Element: TensorElement> {
  /// A leaf [parts · width, input width].
  package let weight: ProjectionWeight<Element>
  /// How many parts, at the front, belong to the first-listed input of their node.
  package let firstCount: Int
  /// Number of parts.
  package let partCount: Int

  /// The rows of the parts that are not of first-listed inputs.
  package func laterRows(width: Int) -> Range<Int> { firstCount * width..<partCount * width }
}
