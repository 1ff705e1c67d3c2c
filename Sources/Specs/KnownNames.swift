/// Names that references can lead to, in the order declared.
struct KnownNames {
  let inOrder: [String]
  private let all: Set<String>

  init(_ names: some Sequence<String>) {
    inOrder = Array(names)
    all = Set(inOrder)
  }

  func contains(_ name: String) -> Bool { all.contains(name) }
}
