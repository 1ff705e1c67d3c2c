/// The edges between the nodes of a recipe, for orders and reachability. Inputs that are not nodes count for nothing.
struct RecipeGraph {
  private let sources: [[Int]]

  init(_ inputs: [[RecipeInput]]) {
    sources = inputs.map { list in
      list.compactMap { input -> Int? in if case .node(let index) = input { index } else { nil } }
    }
  }

  /// The nodes that some of the given ones depend on, those included.
  func reachable(from roots: [Int]) -> [Bool] {
    var isReached = [Bool](repeating: false, count: sources.count)
    var pending = roots
    while let node = pending.popLast() {
      guard !isReached[node] else { continue }
      isReached[node] = true
      pending += sources[node]
    }
    return isReached
  }

  /// All nodes, each after those it reads, the lowest first where there is a choice; nodes on or behind a cycle are
  /// left out. O(nodes² + edges).
  func order() -> [Int] {
    var order: [Int] = []
    var isDone = [Bool](repeating: false, count: sources.count)
    var lowest = 0
    while lowest < sources.count {
      guard let next = (lowest..<sources.count).first(where: { !isDone[$0] && sources[$0].allSatisfy { isDone[$0] } })
      else { break }
      isDone[next] = true
      order.append(next)
      while lowest < sources.count, isDone[lowest] { lowest += 1 }
    }
    return order
  }

  /// Cycles without a node in common, so that every cycle of the graph meets one of them. Each begins at its node of
  /// the lowest index and goes from a node to one that reads it.
  func cycles() -> [[Int]] {
    var isOpen = [Bool](repeating: true, count: sources.count)
    var cycles: [[Int]] = []
    trim(&isOpen)
    while let start = isOpen.firstIndex(of: true) {
      // Every open node reads an open node, so that walking backwards comes to a node twice.
      var path: [Int] = []
      var node = start
      while !path.contains(node) {
        path.append(node)
        guard let next = sources[node].first(where: { isOpen[$0] }) else { break }
        node = next
      }
      let cycle = Array(path[(path.firstIndex(of: node) ?? 0)...].reversed())
      let first = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
      cycles.append(Array(cycle[first...] + cycle[..<first]))
      for node in cycle { isOpen[node] = false }
      trim(&isOpen)
    }
    return cycles
  }

  /// Closes nodes that read no open node, until there are none.
  private func trim(_ isOpen: inout [Bool]) {
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for node in sources.indices where isOpen[node] && !sources[node].contains(where: { isOpen[$0] }) {
        isOpen[node] = false
        hasChanged = true
      }
    }
  }
}
