/// An order of the vertices of a directed graph with coloured vertices and labelled edges that does not depend on how
/// the vertices are numbered.
///
/// Colours are refined by the colours of neighbours until nothing changes; where vertices of one colour are left, each
/// in turn is given a colour of its own and the least description of the graph wins (McKay 1981). Two vertices that
/// lead to equal descriptions are mapped onto each other by a symmetry, and only one of them is followed.
struct CanonicalLabelling {
  /// An edge between two vertices; edges may repeat.
  struct Edge {
    var label: Int
    var from: Int
    var to: Int
  }

  /// Neighbour visits after which the search takes the best order so far. Recipes of people and of the published space
  /// need a hundredth of it.
  private static let work = 500_000

  private let count: Int
  private let colors: [Int]
  /// For each vertex its edges as labels (2·label outwards, 2·label + 1 inwards) and neighbours.
  private let neighbours: [[(label: Int, vertex: Int)]]
  private var spent = 0

  init(colors: [Int], edges: [Edge]) {
    count = colors.count
    self.colors = colors
    var neighbours = [[(label: Int, vertex: Int)]](repeating: [], count: colors.count)
    for edge in edges {
      neighbours[edge.from].append((2 * edge.label, edge.to))
      neighbours[edge.to].append((2 * edge.label + 1, edge.from))
    }
    self.neighbours = neighbours
  }

  /// For each vertex its place, 0 … count − 1. Graphs that differ by the numbering of vertices alone get the same graph
  /// of places, unless the search had to stop early.
  mutating func places() -> [Int] { best(refined(colors)).places }

  private typealias Leaf = (description: [Int], places: [Int])

  private mutating func best(_ colors: [Int]) -> Leaf {
    guard let cell = cell(colors) else { return leaf(colors) }
    var known: [[Int]] = []
    var best: Leaf?
    for vertex in cell {
      let refined = refined(singled(vertex, colors))
      let first = greedy(refined)
      if known.contains(first.description) { continue }
      known.append(first.description)
      let candidate = spent < Self.work ? self.best(refined) : first
      if best == nil || candidate.description.lexicographicallyPrecedes(best?.description ?? []) { best = candidate }
      if spent >= Self.work { break }
    }
    return best ?? leaf(colors)
  }

  /// Some leaf: the first vertex of every cell.
  private mutating func greedy(_ colors: [Int]) -> Leaf {
    var colors = colors
    while let vertex = cell(colors)?.first { colors = refined(singled(vertex, colors)) }
    return leaf(colors)
  }

  /// The vertices of the first of the smallest colours shared by several; of vertices with the same neighbours one.
  private func cell(_ colors: [Int]) -> [Int]? {
    var members = [[Int]](repeating: [], count: count)
    for vertex in 0..<count { members[colors[vertex]].append(vertex) }
    guard let cell = members.filter({ $0.count > 1 }).min(by: { $0.count < $1.count }) else { return nil }
    var kept: [Int] = []
    var seen: Set<[Int]> = []
    for vertex in cell {
      let signature = neighbours[vertex].map { $0.label * count + $0.vertex }.sorted()
      if seen.insert(signature).inserted { kept.append(vertex) }
    }
    return kept
  }

  /// The colours with one vertex before the others of its colour.
  private func singled(_ vertex: Int, _ colors: [Int]) -> [Int] {
    var result = colors
    for other in 0..<count where other != vertex && colors[other] >= colors[vertex] { result[other] += 1 }
    return result
  }

  /// Splits colours by the colours of neighbours until nothing changes. Colours of the result are the numbers of
  /// vertices of lesser colour in dense form, 0, 1, ….
  private mutating func refined(_ colors: [Int]) -> [Int] {
    var colors = Self.dense(colors.map { [$0] })
    var classes = (colors.max() ?? -1) + 1
    while true {
      let signatures = (0..<count).map { vertex -> [Int] in
        spent += neighbours[vertex].count + 1
        return [colors[vertex]] + neighbours[vertex].map { $0.label * count + colors[$0.vertex] }.sorted()
      }
      colors = Self.dense(signatures)
      let refined = (colors.max() ?? -1) + 1
      if refined == classes { return colors }
      classes = refined
    }
  }

  private static func dense(_ signatures: [[Int]]) -> [Int] {
    let order = signatures.indices.sorted { signatures[$0].lexicographicallyPrecedes(signatures[$1]) }
    var ranks = [Int](repeating: 0, count: signatures.count)
    for (place, vertex) in order.enumerated() where place > 0 {
      let before = order[place - 1]
      ranks[vertex] = ranks[before] + (signatures[before] == signatures[vertex] ? 0 : 1)
    }
    return ranks
  }

  private func leaf(_ places: [Int]) -> Leaf {
    var vertices = [Int](repeating: 0, count: count)
    for vertex in 0..<count { vertices[places[vertex]] = vertex }
    let description = vertices.flatMap { vertex in
      [-1, colors[vertex]] + neighbours[vertex].map { $0.label * count + places[$0.vertex] }.sorted()
    }
    return (description, places)
  }
}
