import Gradients
import Sizes
import Tensors

extension TransformerPass {
  /// x ⊙ m/(1 − p) of values with a row for each token, or x itself without dropout. Each sequence has a mask of its own.
  ///
  /// - Parameter place: The place in the network, which decides on the masks together with seed and sequence.
  func dropped(_ input: Variable, _ place: String) -> Variable {
    guard let dropout else { return input }
    let mask: Tensor<Element> = workspace.tensor(layout.rowCount, tape.value(input).columns)
    for sequence in 0..<layout.batchSize {
      dropout.fill(mask.rows(layout.rows(ofSequence: sequence)), place, sequence: layout.numbers[sequence])
    }
    return product(input, mask)
  }

  /// The same of a constant that all sequences read, of which there is one mask.
  func droppedConstant(_ name: String, _ make: () -> Tensor<Element>) -> Variable {
    constant(name) {
      let value = make()
      guard let dropout else { return value }
      let mask: Tensor<Element> = workspace.tensor(value.rows, value.columns)
      dropout.fill(mask, name, sequence: 0)
      Element.multiply(value, mask, into: value, accumulate: false)
      return value
    }
  }

  /// The probabilities of a head [T, keys] after dropout.
  func dropped(_ probabilities: Variable, layer: Int, sequence: Int, head: Int) -> Variable {
    guard let dropout else { return probabilities }
    let value = tape.value(probabilities)
    let mask: Tensor<Element> = workspace.tensor(value.rows, value.columns)
    dropout.fill(mask, "attention \(layer).\(head)", sequence: layout.numbers[sequence])
    return product(probabilities, mask)
  }

  private func product(_ input: Variable, _ mask: Tensor<Element>) -> Variable {
    let output = matrix(mask.rows, mask.columns)
    tape.multiply(input, tape.leaf(mask), into: output)
    return output
  }
}

extension Dropout {
  /// Fills a mask in row-major order: 0 where a number of the documented generator is below p, 1/(1 − p) elsewhere.
  ///
  /// The generator starts from a digest of seed, place and sequence alone: whatever else is computed, by whom and in which
  /// order, the mask is the same.
  func fill<Element: TensorElement>(_ mask: Tensor<Element>, _ place: String, sequence: Int) {
    var generator = DocumentedGenerator(seed: start(place, sequence: sequence))
    let kept = Element(1 / (1 - probability))
    for row in 0..<mask.rows {
      let values = mask.pointer + row * mask.stride
      for column in 0..<mask.columns { values[column] = generator.next() < probability ? 0 : kept }
    }
  }

  /// The first state of a mask's generator: the digest FNV-1a of 64 bits of the text `SEED PLACE SEQUENCE`, its bits mixed as
  /// MurmurHash3 ends.
  func start(_ place: String, sequence: Int) -> UInt64 {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in "\(seed) \(place) \(sequence)".utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for factor: UInt64 in [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53] { state = (state ^ (state >> 33)) &* factor }
    return state ^ (state >> 33)
  }
}
