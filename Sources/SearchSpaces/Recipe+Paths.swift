extension Recipe {
  /// Lengths of paths to `h_new_0`, in nodes; 0 where there is no path.
  ///
  /// - `shortest-input-path`, `longest-input-path`: from x.
  /// - `shortest-recurrent-path`, `longest-recurrent-path`: from some `h_prev_i`.
  /// - `fewest-recurrent-activations`, `fewest-recurrent-linears`: the least number of activations, and of linears, on a path
  ///   from `h_prev_0`: with 0 the state can be carried along as it is, but for gates.
  package var pathFeatures: [(name: String, value: Double)] {
    func length(_ takes: @escaping (RecipeInput) -> Bool, isLongest: Bool) -> Double {
      Double(path(from: takes, isLongest: isLongest) { _ in 1 } ?? 0)
    }
    func fewest(_ counts: @escaping (RecipeOperation) -> Bool) -> Double {
      Double(path(from: { $0 == .hidden(0) }, isLongest: false) { counts($0) ? 1 : 0 } ?? 0)
    }
    return [
      ("shortest-input-path", length({ $0 == .x }, isLongest: false)),
      ("longest-input-path", length({ $0 == .x }, isLongest: true)),
      ("shortest-recurrent-path", length({ $0.isHidden }, isLongest: false)),
      ("longest-recurrent-path", length({ $0.isHidden }, isLongest: true)),
      ("fewest-recurrent-activations", fewest(\.isActivation)),
      ("fewest-recurrent-linears", fewest { $0 == .linear }),
    ]
  }

  /// The least or greatest weight of the nodes on a path from some inputs to `h_new_0`; nil when there is none.
  private func path(
    from isStart: (RecipeInput) -> Bool, isLongest: Bool, weight: (RecipeOperation) -> Int
  ) -> Int? {
    var weights = [Int?](repeating: nil, count: nodes.count)
    for index in evaluationOrder {
      let before = nodes[index].inputs.compactMap { input -> Int? in
        if isStart(input) { return 0 }
        if case .node(let other) = input { return weights[other] }
        return nil
      }
      weights[index] = (isLongest ? before.max() : before.min()).map { $0 + weight(nodes[index].operation) }
    }
    return weights[newStates[0]]
  }
}
