import Gradients
import SearchSpaces
import Tensors

/// The names of the parameters of an adaptive embedding and of the softmax that shares them.
struct AdaptiveNames: Sendable, Hashable {
  /// Of the embedding: `wte`, `word_emb`.
  let embedding: String
  /// Of the softmax: `lm_head`, `crit`.
  let softmax: String

  func table(_ cluster: Int) -> String { "\(embedding).emb_layers.\(cluster).weight" }
  func projection(_ cluster: Int) -> String { "\(embedding).emb_projs.\(cluster)" }
  func biases(_ cluster: Int) -> String { "\(softmax).out_layers_biases.\(cluster)" }
  func outputProjection(_ cluster: Int) -> String { "\(softmax).out_projs.\(cluster)" }
  var clusterWeights: String { "\(softmax).cluster_weight" }
  var clusterBiases: String { "\(softmax).cluster_bias" }
}

/// An adaptive embedding and softmax on the tape; see `AdaptiveEmbedding` for the sizes.
struct AdaptiveVocabulary<Element: TensorElement> {
  let sizes: AdaptiveEmbedding
  /// d.
  let modelWidth: Int
  let names: AdaptiveNames

  private var isProjected: Bool { sizes.projects(to: modelWidth) }
  private var clusterCount: Int { sizes.clusterEnds.count }
  /// With the divisor 1 there is one table for all clusters.
  private var tableCount: Int { sizes.divisor == 1 ? 1 : clusterCount }

  /// The first token of a cluster.
  private func start(_ cluster: Int) -> Int { cluster == 0 ? 0 : sizes.clusterEnds[cluster - 1] }

  /// The tokens of a cluster as rows of its table.
  private func rows(_ cluster: Int) -> Range<Int> {
    let shift = tableCount == 1 ? 0 : start(cluster)
    return start(cluster) - shift..<sizes.clusterEnds[cluster] - shift
  }

  private func cluster(_ token: Int32) -> Int { sizes.clusterEnds.firstIndex { Int(token) < $0 } ?? clusterCount - 1 }

  // MARK: Embedding

  /// √d times the vectors of tokens [n, d].
  func embedded(_ ids: [Int32], _ pass: TransformerPass<Element>) -> Variable {
    let tape = pass.tape
    // Tokens of a cluster stand together, then each row is taken to its place.
    let sorted = tape.series(pass.workspace.tensor(ids.count, modelWidth))
    var places = [Int32](repeating: 0, count: ids.count)
    var next = 0
    for table in 0..<tableCount {
      let members = ids.indices.filter { tableCount == 1 || cluster(ids[$0]) == table }
      guard !members.isEmpty else { continue }
      for (offset, member) in members.enumerated() { places[member] = Int32(next + offset) }
      let part = tape.view(sorted, rows: next..<next + members.count, columns: 0..<modelWidth)
      let first = tableCount == 1 ? 0 : start(table)
      let local = members.map { ids[$0] - Int32(first) }
      if isProjected {
        let vectors = pass.matrix(members.count, sizes.clusterWidths[table])
        tape.lookup(pass.parameter(names.table(table)), local, into: vectors)
        tape.product(vectors, pass.parameter(names.projection(table)), rightTransposed: true, into: part)
      } else {
        tape.lookup(pass.parameter(names.table(table)), local, into: part)
      }
      next += members.count
    }
    let embedded = pass.matrix(ids.count, modelWidth)
    tape.lookup(sorted, places, scale: Double(modelWidth).squareRoot(), into: embedded)
    return embedded
  }

  // MARK: Softmax

  /// x·P of a cluster's projection P [d, w]: its own, or the embedding's when they are tied; x itself without projections.
  private func projected(_ hidden: Variable, _ cluster: Int, _ pass: TransformerPass<Element>) -> Variable {
    guard isProjected else { return hidden }
    let name =
      sizes.tiesProjections[cluster] ? names.projection(tableCount == 1 ? 0 : cluster) : names.outputProjection(cluster)
    let projection = pass.parameter(name)
    let output = pass.matrix(pass.tape.value(hidden).rows, pass.tape.value(projection).columns)
    pass.tape.product(hidden, projection, into: output)
    return output
  }

  /// x·Wᵀ + b of a cluster's vectors, written into a view.
  private func scores(
    _ input: Variable, _ weight: Variable, _ bias: Variable, into output: Variable, _ pass: TransformerPass<Element>
  ) {
    // In the memory of the sum: no pullback reads the product.
    let product = pass.tape.variable(pass.tape.value(output))
    pass.tape.product(input, weight, rightTransposed: true, into: product)
    pass.tape.combine([product], bias: bias, into: output)
  }

  private func vectors(_ cluster: Int, _ pass: TransformerPass<Element>) -> (weight: Variable, bias: Variable) {
    let table = tableCount == 1 ? 0 : cluster
    let (weight, bias) = (pass.parameter(names.table(table)), pass.parameter(names.biases(table)))
    let rows = rows(cluster)
    return (
      pass.tape.view(weight, rows: rows, columns: 0..<pass.tape.value(weight).columns),
      pass.tape.view(bias, rows: 0..<1, columns: rows)
    )
  }

  /// The logits of the tokens of cluster 0, then of the other clusters [n, rows₀ + clusters − 1].
  func headLogits(_ hidden: Variable, _ pass: TransformerPass<Element>) -> Variable {
    let (tape, rows) = (pass.tape, pass.tape.value(hidden).rows)
    let (head, tails) = (sizes.clusterEnds[0], clusterCount - 1)
    let logits = tape.series(pass.workspace.tensor(rows, head + tails))
    let input = projected(hidden, 0, pass)
    let (weight, bias) = vectors(0, pass)
    scores(input, weight, bias, into: tape.view(logits, rows: 0..<rows, columns: 0..<head), pass)
    if tails > 0 {
      scores(
        input, pass.parameter(names.clusterWeights), pass.parameter(names.clusterBiases),
        into: tape.view(logits, rows: 0..<rows, columns: head..<head + tails), pass)
    }
    return logits
  }

  /// The mean over the rows of −ln p(target): −ln of the first softmax, and for a token of a later cluster that of the softmax
  /// over its cluster besides.
  ///
  /// - Parameters:
  ///   - hidden: [n, d].
  ///   - targets: A token for each row.
  func loss(_ hidden: Variable, targets: [Int32], _ pass: TransformerPass<Element>) -> Variable {
    let (tape, head) = (pass.tape, sizes.clusterEnds[0])
    let clusters = targets.map { cluster($0) }
    let first = pass.matrix(1, 1)
    tape.crossEntropy(
      headLogits(hidden, pass),
      targets: zip(targets, clusters).map { $1 == 0 ? $0 : Int32(head + $1 - 1) }, into: first)
    var terms = [first]
    for cluster in 1..<max(1, clusterCount) {
      let members = targets.indices.filter { clusters[$0] == cluster }
      guard !members.isEmpty else { continue }
      let rows = pass.matrix(members.count, modelWidth)
      tape.lookup(hidden, members.map { Int32($0) }, into: rows)
      let (weight, bias) = vectors(cluster, pass)
      let logits = pass.matrix(members.count, tape.value(weight).rows)
      scores(projected(rows, cluster, pass), weight, bias, into: logits, pass)
      let (loss, share) = (pass.matrix(1, 1), pass.matrix(1, 1))
      tape.crossEntropy(logits, targets: members.map { targets[$0] - Int32(start(cluster)) }, into: loss)
      tape.lookup(loss, [0], scale: Double(members.count) / Double(targets.count), into: share)
      terms.append(share)
    }
    let total = pass.matrix(1, 1)
    tape.combine(terms, into: total)
    return total
  }

  /// The loss of every token but the first of each sequence, given those before it; nil for sequences of one token.
  func nextTokenLoss(_ hidden: Variable, _ ids: [Int32], _ pass: TransformerPass<Element>) -> Variable? {
    let steps = pass.layout.sequenceLength
    let rows = ids.indices.filter { $0 % steps < steps - 1 }
    guard !rows.isEmpty else { return nil }
    let read = pass.matrix(rows.count, modelWidth)
    pass.tape.lookup(hidden, rows.map { Int32($0) }, into: read)
    return loss(read, targets: rows.map { ids[$0 + 1] }, pass)
  }
}
