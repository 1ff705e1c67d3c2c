import Statistics

/// Draws programs, and makes new ones of others.
struct ProxyDraws {
  private var generator: SeededGenerator
  private let inputs: [ProxyInput]
  private let aggregations: [ProxyAggregation]

  /// LPZero's chances of its binary operations, .6, .3 and .05, in twentieths.
  private static let operations =
    [BinaryOperation](repeating: .sum, count: 12) + [BinaryOperation](repeating: .difference, count: 6) + [.product]

  init(seed: UInt64, stream: UInt64, inputs: [ProxyInput], aggregations: [ProxyAggregation]) {
    generator = SeededGenerator(seed: seed, stream: stream)
    self.inputs = inputs
    self.aggregations = aggregations
  }

  mutating func index(below bound: Int) -> Int { generator.next(below: bound) }

  /// True with a chance.
  mutating func happens(_ chance: Double) -> Bool { Double(generator.next() >> 11) * 0x1p-53 < chance }

  private mutating func pick<Value>(_ values: [Value]) -> Value { values[generator.next(below: values.count)] }

  private mutating func side() -> PairedProxy.Side {
    PairedProxy.Side(pick(inputs), pick(UnaryOperation.ofLPZero), pick(UnaryOperation.ofLPZero))
  }

  /// A program with every part drawn.
  mutating func program() -> PairedProxy {
    let (first, second) = (side(), side())
    return PairedProxy(first, pick(Self.operations), second, aggregation: pick(aggregations))
  }

  /// A program with each part of one parent or the other, with even chances.
  mutating func child(_ one: PairedProxy, _ other: PairedProxy) -> PairedProxy {
    var child = one
    for gene in 0..<Self.geneCount where generator.next(below: 2) == 0 { Self.copy(gene, of: other, into: &child) }
    return child
  }

  /// A program with one part drawn anew.
  mutating func mutant(_ program: PairedProxy) -> PairedProxy {
    var mutant = program
    Self.copy(generator.next(below: Self.geneCount), of: self.program(), into: &mutant)
    return mutant
  }

  private static let geneCount = 8

  private static func copy(_ gene: Int, of source: PairedProxy, into target: inout PairedProxy) {
    switch gene {
    case 0: target.first.input = source.first.input
    case 1: target.first.inner = source.first.inner
    case 2: target.first.outer = source.first.outer
    case 3: target.second.input = source.second.input
    case 4: target.second.inner = source.second.inner
    case 5: target.second.outer = source.second.outer
    case 6: target.operation = source.operation
    default: target.aggregation = source.aggregation
    }
  }
}
