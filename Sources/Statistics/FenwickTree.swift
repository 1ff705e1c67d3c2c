/// Prefix sums with insertions, each O(log n).
struct FenwickTree<Value: AdditiveArithmetic> {
  private var nodes: [Value]

  init(count: Int) { nodes = Array(repeating: .zero, count: count + 1) }

  /// Makes every sum zero again.
  mutating func clear() {
    for node in nodes.indices { nodes[node] = .zero }
  }

  mutating func add(_ value: Value, at index: Int) {
    var node = index + 1
    while node < nodes.count {
      nodes[node] += value
      node += node & -node
    }
  }

  /// The sum of the values at indices below the given one.
  func sum(below index: Int) -> Value {
    var node = index
    var sum = Value.zero
    while node > 0 {
      sum += nodes[node]
      node -= node & -node
    }
    return sum
  }
}
