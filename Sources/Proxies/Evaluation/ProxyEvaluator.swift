import Outcomes

/// Evaluates a program on one network.
struct ProxyEvaluator<Source: ProxySource> {
  /// The scope that a part is evaluated in.
  private enum Frame {
    case network
    case layer(Int)
    /// The place of each input's matrix in its list.
    case modules([ProxyInput: Int])
  }

  private let source: Source
  private let defects: ProxyDefects
  /// Modules of each input of the program, with those that stand twice.
  private let lists: [ProxyInput: [ProxyModule]]
  /// Number of modules of each input that the network has.
  private let counts: [ProxyInput: Int]
  /// The matrix of each input that was read last, for formulas that read it twice.
  private var held: [ProxyInput: (place: Int, tensor: ProxyTensor)] = [:]
  /// Matrices that an operation wrote into.
  private var written: [ProxyInput: [Int: ProxyTensor]] = [:]

  init(_ program: ProxyProgram, source: Source, defects: ProxyDefects) throws(Reason) {
    self.source = source
    self.defects = defects
    var lists: [ProxyInput: [ProxyModule]] = [:]
    var counts: [ProxyInput: Int] = [:]
    let collected = program.inputs.filter(\.isOfForwardPass)
    for input in program.inputs {
      let modules = try source.modules(of: input)
      guard !modules.isEmpty else { throw Reason("the network has no \(input.rawValue) matrices") }
      counts[input] = modules.count
      let passes = collected.firstIndex(of: input).map { collected.count - $0 } ?? 1
      lists[input] = (0..<(defects.keepsHooks ? passes : 1)).flatMap { _ in modules }
    }
    self.lists = lists
    self.counts = counts
  }

  /// The number of a checked formula.
  mutating func number(_ expression: ProxyExpression) throws(Reason) -> Double {
    let value = try value(expression, .network)
    guard value.values[0].isFinite else { throw Reason("the value of the proxy is not finite") }
    return value.values[0]
  }

  private mutating func value(_ expression: ProxyExpression, _ frame: Frame) throws(Reason) -> ProxyTensor {
    switch expression.form {
    case .number(let number): return ProxyTensor(number)
    case .input(let input): return try tensor(input, frame)
    case .unary(let operation, let operand):
      let value = try value(operand, frame)
      if defects.writesIntoInputs, let input = Self.storage(of: operand), let place = Self.place(input, frame),
        let changed = operation.writtenOperand(value)
      {
        written[input, default: [:]][place] = changed
      }
      return operation.applied(to: value)
    case .binary(let operation, let left, let right):
      var (first, second) = try operands(left, right, frame)
      if defects.reducesBeforeBinary {
        (first, second) = (ProxyTensor(first.mean), ProxyTensor(second.mean))
        if operation == .matmul {
          throw Reason("both sides are reduced to numbers, of which there is no matrix product")
        }
      }
      return try operation.applied(to: first, second)
    case .aggregate(let aggregation, let scope, let body):
      let numbers = try scope == .layers ? layers(body) : modules(body, frame)
      return ProxyTensor(aggregation.value(numbers))
    }
  }

  /// The values of both sides, the one that needs more matrices at once first, so that a formula of n parts never holds more than
  /// about log₂ n of them. Where operations write into what they read, the order is that of the text.
  private mutating func operands(
    _ left: ProxyExpression, _ right: ProxyExpression, _ frame: Frame
  ) throws(Reason) -> (ProxyTensor, ProxyTensor) {
    guard !defects.writesIntoInputs, right.matricesAtOnce > left.matricesAtOnce else {
      let first = try value(left, frame)
      return (first, try value(right, frame))
    }
    let second = try value(right, frame)
    return (try value(left, frame), second)
  }

  /// The input whose memory an operation on the formula would write into.
  private static func storage(of expression: ProxyExpression) -> ProxyInput? {
    switch expression.form {
    case .input(let input): input
    case .unary(.identity, let operand): storage(of: operand)
    default: nil
    }
  }

  private static func place(_ input: ProxyInput, _ frame: Frame) -> Int? {
    if case .modules(let places) = frame { places[input] } else { nil }
  }

  private mutating func tensor(_ input: ProxyInput, _ frame: Frame) throws(Reason) -> ProxyTensor {
    guard let place = Self.place(input, frame), let count = counts[input] else {
      throw Reason("\(input.rawValue) is read outside of modules")
    }
    if let changed = written[input]?[place] { return changed }
    if let last = held[input], last.place == place % count { return last.tensor }
    let tensor = try source.tensor(of: input, at: place % count)
    held[input] = (place % count, tensor)
    return tensor
  }

  // MARK: Scopes

  /// The numbers of all layers that have a matrix of an input that is read.
  private mutating func layers(_ body: ProxyExpression) throws(Reason) -> [Double] {
    let inputs = body.inputs
    let numbers = Set(inputs.flatMap { (lists[$0] ?? []).map(\.layer) }).sorted()
    var values: [Double] = []
    for layer in numbers {
      for input in inputs where !(lists[input] ?? []).contains(where: { $0.layer == layer }) {
        throw Reason("layer \(layer) has no \(input.rawValue) matrix")
      }
      let value = try value(body, .layer(layer)).values[0]
      guard value.isFinite else { throw Reason("the value in layer \(layer) is not finite") }
      values.append(value)
    }
    guard !values.isEmpty else { throw Reason("the network has no layers") }
    return values
  }

  /// The numbers of all modules of the network, or of a layer.
  private mutating func modules(_ body: ProxyExpression, _ frame: Frame) throws(Reason) -> [Double] {
    let inputs = body.inputs
    var places: [ProxyInput: [Int]] = [:]
    for input in inputs {
      let list = lists[input] ?? []
      if case .layer(let layer) = frame {
        places[input] = list.indices.filter { list[$0].layer == layer }
      } else {
        places[input] = Array(list.indices)
      }
    }
    let lengths = inputs.map { places[$0]?.count ?? 0 }
    let length = lengths.min() ?? 0
    if !defects.cutsLists, let other = inputs.indices.first(where: { lengths[$0] != lengths[0] }) {
      throw Reason(
        "there are \(lengths[0]) \(inputs[0].rawValue) and \(lengths[other]) \(inputs[other].rawValue) matrices\(words(frame)), which do not go together one by one"
      )
    }
    var values: [Double] = []
    for index in 0..<length {
      let own = places.compactMapValues { index < $0.count ? $0[index] : nil }
      if !defects.cutsLists { try checkPair(inputs, own) }
      let value = try value(body, .modules(own)).values[0]
      guard value.isFinite else {
        let module = own[inputs[0]].flatMap { lists[inputs[0]]?[$0] }
        throw Reason(
          "the value in \(module.map { "layer \($0.layer), \($0.name)," } ?? "a module") is not finite")
      }
      values.append(value)
    }
    guard !values.isEmpty else { throw Reason("there are no modules\(words(frame))") }
    return values
  }

  private func words(_ frame: Frame) -> String {
    if case .layer(let layer) = frame { " in layer \(layer)" } else { "" }
  }

  /// Reports matrices that belong to different layers, or weights and gradients of different modules.
  private func checkPair(_ inputs: [ProxyInput], _ places: [ProxyInput: Int]) throws(Reason) {
    var seen: (input: ProxyInput, module: ProxyModule)?
    for input in inputs {
      guard let place = places[input], let module = lists[input]?[place] else { continue }
      if let seen, seen.module.layer != module.layer || seen.input.family == input.family && seen.module != module {
        throw Reason(
          "\(seen.input.rawValue) of layer \(seen.module.layer), \(seen.module.name), would go together with \(input.rawValue) of layer \(module.layer), \(module.name)"
        )
      }
      seen = (input, module)
    }
  }
}

extension ProxyProgram {
  /// The number of the program for a network, or why there is none: a value that is not finite, a matrix that is not there,
  /// shapes that do not go together. It depends on the matrices alone.
  package func value(on source: some ProxySource, defects: ProxyDefects = .none) -> Outcome<Double> {
    .of { () throws(Reason) in
      var evaluator = try ProxyEvaluator(self, source: source, defects: defects)
      return try evaluator.number(expression)
    }
  }
}
