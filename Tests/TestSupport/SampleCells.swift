import Diagnostics
import SearchSpaces

/// A recipe in short notation, one node a line: `name = operation input input`.
package func recipe(_ text: String) throws(DiagnosticsError) -> Recipe {
  let operations = Dictionary(uniqueKeysWithValues: RecipeOperation.allCases.map { ($0.shortName, $0) })
  let listing = text.split(separator: "\n").map { line in
    let words = line.split(separator: " ").map(String.init)
    return RecipeListing(name: words[0], operation: operations[words[2]] ?? .linear, inputs: Array(words.dropFirst(3)))
  }
  return try Recipe(listing: listing)
}

/// Cells of the literature, and cells that are made to be awkward.
package enum SampleCells {
  /// tanh(Wx + Uh + b).
  package static let elman = """
    f = linear x h_prev_0
    h_new_0 = tanh f
    """
  /// State 1 is the memory cell; the output gate is a tanh, as NAS-Bench-NLP has it.
  package static let lstm = """
    i = linear x h_prev_0
    i_act = tanh i
    j = linear x h_prev_0
    j_act = sigmoid j
    f = linear x h_prev_0
    f_act = sigmoid f
    o = linear x h_prev_0
    o_act = tanh o
    kept = product f_act h_prev_1
    fresh = product i_act j_act
    h_new_1 = sum kept fresh
    memory = tanh h_new_1
    h_new_0 = product memory o_act
    """
  /// The candidate comes from the reset state; the gate keeps the old state.
  package static let gru = """
    r = linear x h_prev_0
    r_act = sigmoid r
    z = linear x h_prev_0
    z_act = sigmoid z
    rh = product r_act h_prev_0
    c = linear x rh
    c_act = tanh c
    h_new_0 = blend z_act h_prev_0 c_act
    """
  /// All activations; a chain that reads x alone, a product of three, a linear with a part of a state and of x twice.
  package static let mixed = """
    a = linear x
    b = leaky-relu a
    c = linear b x
    d = sigmoid c
    e = linear h_prev_0 b h_prev_0
    f = tanh e
    g = product f d h_prev_1
    h_new_0 = sum f g d
    h_new_1 = blend d h_new_0 f
    """
  /// States that do not depend on x in the first step, one that is read in the step that makes it.
  package static let delayed = """
    a = linear x
    h_new_1 = tanh a
    b = linear h_prev_1
    h_new_0 = sigmoid b
    c = linear h_new_0 h_prev_0
    h_new_2 = leaky-relu c
    """
  /// Nodes that read one value several times.
  package static let repeated = """
    l = linear x x h_prev_0
    s = sum l l l
    t = tanh s
    u = linear t h_prev_0
    v = sum t t u
    p = product v v v
    h_new_0 = blend t v t
    h_new_1 = sum p h_new_0 h_prev_1 p
    """
  /// A linear that nothing reads, a state that nothing reads, a linear that is a state.
  package static let loose = """
    l = linear h_prev_0 x
    lost = linear l h_prev_1
    h_new_0 = tanh l
    h_new_1 = linear h_new_0 h_prev_1
    h_new_2 = sum l h_new_0
    """

  /// All of them by name.
  package static let all: [(name: String, text: String)] = [
    ("elman", elman), ("lstm", lstm), ("gru", gru), ("mixed", mixed), ("delayed", delayed),
    ("repeated", repeated), ("loose", loose),
  ]

  /// The text of a name.
  package static func text(_ name: String) -> String { all.first { $0.name == name }?.text ?? "" }

  /// All names.
  package static var names: [String] { all.map(\.name) }
}
