/// A pattern of text: literal signs, `.` for any, `[a-z]` and `[^a-z]` for one of several, `\d`, `\w`, `\s` and their opposites in
/// capitals, `\` before a sign that stands for itself, `( )`, `|`, `*`, `+`, `?`, and `^` and `$` for the ends.
///
/// It matches anywhere in a text unless `^` and `$` say otherwise. Matching follows all ways at once (Thompson 1968): O(text · pattern),
/// whatever the pattern.
struct TextPattern: Sendable {
  /// The most scalars of a pattern.
  static let lengthLimit = 1000
  /// The most parentheses in one another.
  private static let depthLimit = 50

  /// What is wrong with a pattern: a sentence without a full stop.
  struct Fault: Error, Hashable {
    var message: String
  }

  private indirect enum Node {
    case empty
    case one(Signs)
    case begin
    case end
    case sequence([Node])
    case either([Node])
    case repeated(Node, atLeastOnce: Bool, isEndless: Bool)
  }

  /// A set of signs.
  private struct Signs: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false

    func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } != isNegated }

    static let digits: [ClosedRange<UInt32>] = [48...57]
    static let word: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]
    static let blanks: [ClosedRange<UInt32>] = [9...13, 32...32]
  }

  private enum Instruction: Sendable {
    case take(Signs)
    case begin
    case end
    case split(Int, Int)
    case jump(Int)
    case match
  }

  private var program: [Instruction] = []

  /// Reads a pattern.
  ///
  /// - Throws: `Fault` for a pattern that is none.
  init(_ text: String) throws(Fault) {
    var reader = Reader(Array(text.unicodeScalars))
    guard reader.signs.count <= Self.lengthLimit else {
      throw Fault(message: "the pattern is over \(Self.lengthLimit) signs long")
    }
    let node = try reader.alternatives(depth: 0)
    guard reader.isAtEnd else { throw Fault(message: "the pattern closes a parenthesis that it does not open") }
    add(node)
    program.append(.match)
  }

  private mutating func add(_ node: Node) {
    switch node {
    case .empty: break
    case .one(let signs): program.append(.take(signs))
    case .begin: program.append(.begin)
    case .end: program.append(.end)
    case .sequence(let nodes): for node in nodes { add(node) }
    case .either(let nodes):
      var jumps: [Int] = []
      for (index, node) in nodes.enumerated() {
        guard index < nodes.count - 1 else {
          add(node)
          break
        }
        let split = program.count
        program.append(.match)
        add(node)
        jumps.append(program.count)
        program.append(.match)
        program[split] = .split(split + 1, program.count)
      }
      for jump in jumps { program[jump] = .jump(program.count) }
    case .repeated(let node, let atLeastOnce, let isEndless):
      let start = program.count
      if atLeastOnce {
        add(node)
        program.append(.split(start, program.count + 1))
      } else {
        program.append(.match)
        add(node)
        if isEndless { program.append(.jump(start)) }
        program[start] = .split(start + 1, program.count)
      }
    }
  }

  /// True when the pattern matches somewhere in a text.
  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var current: [Int] = []
    var isIn = [Bool](repeating: false, count: program.count)
    var stack: [Int] = []
    /// Follows what takes no sign from an instruction on; true when that ends in a match.
    func follow(_ first: Int, at place: Int, _ reached: inout [Int], _ isIn: inout [Bool]) -> Bool {
      stack.append(first)
      while let index = stack.popLast() {
        guard !isIn[index] else { continue }
        isIn[index] = true
        switch program[index] {
        case .take: reached.append(index)
        case .begin: if place == 0 { stack.append(index + 1) }
        case .end: if place == scalars.count { stack.append(index + 1) }
        case .jump(let target): stack.append(target)
        case .split(let one, let other): stack += [other, one]
        case .match:
          stack.removeAll()
          return true
        }
      }
      return false
    }
    for place in 0...scalars.count {
      if follow(0, at: place, &current, &isIn) { return true }
      guard place < scalars.count else { break }
      var next: [Int] = []
      isIn = [Bool](repeating: false, count: program.count)
      for index in current {
        guard case .take(let signs) = program[index], signs.contains(scalars[place].value) else { continue }
        if follow(index + 1, at: place + 1, &next, &isIn) { return true }
      }
      current = next
    }
    return false
  }

  /// Reads the signs of a pattern.
  private struct Reader {
    let signs: [Unicode.Scalar]
    var place = 0

    init(_ signs: [Unicode.Scalar]) { self.signs = signs }

    var isAtEnd: Bool { place == signs.count }
    var current: Unicode.Scalar? { place < signs.count ? signs[place] : nil }

    mutating func alternatives(depth: Int) throws(Fault) -> Node {
      guard depth <= TextPattern.depthLimit else {
        throw Fault(message: "the pattern has too many parentheses in one another")
      }
      var nodes = [try sequence(depth: depth)]
      while current == "|" {
        place += 1
        nodes.append(try sequence(depth: depth))
      }
      return nodes.count == 1 ? nodes[0] : .either(nodes)
    }

    private mutating func sequence(depth: Int) throws(Fault) -> Node {
      var nodes: [Node] = []
      while let sign = current, sign != "|", sign != ")" {
        var node = try atom(sign, depth: depth)
        while let sign = current, sign == "*" || sign == "+" || sign == "?" {
          place += 1
          // A mark after another asks for the shortest match, which is the same question; or repeats what is repeated.
          if case .repeated(let inner, let once, let endless) = node {
            if sign != "?" {
              node = .repeated(inner, atLeastOnce: once && sign == "+", isEndless: endless || sign != "?")
            }
          } else {
            node = .repeated(node, atLeastOnce: sign == "+", isEndless: sign != "?")
          }
        }
        nodes.append(node)
      }
      return nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func atom(_ sign: Unicode.Scalar, depth: Int) throws(Fault) -> Node {
      place += 1
      switch sign {
      case ".": return .one(Signs(ranges: [10...10], isNegated: true))
      case "^": return .begin
      case "$": return .end
      case "*", "+", "?": throw Fault(message: "there is nothing before \(sign) in the pattern to repeat")
      case "(":
        let node = try alternatives(depth: depth + 1)
        guard current == ")" else { throw Fault(message: "the pattern does not close a parenthesis") }
        place += 1
        return node
      case "[": return .one(try list())
      case "\\": return .one(try escaped())
      default: return .one(Signs(ranges: [sign.value...sign.value]))
      }
    }

    private mutating func escaped() throws(Fault) -> Signs {
      guard let sign = current else { throw Fault(message: "the pattern ends in a \\") }
      place += 1
      switch sign {
      case "d": return Signs(ranges: Signs.digits)
      case "D": return Signs(ranges: Signs.digits, isNegated: true)
      case "w": return Signs(ranges: Signs.word)
      case "W": return Signs(ranges: Signs.word, isNegated: true)
      case "s": return Signs(ranges: Signs.blanks)
      case "S": return Signs(ranges: Signs.blanks, isNegated: true)
      case "t": return Signs(ranges: [9...9])
      case "n": return Signs(ranges: [10...10])
      case "a"..."z", "A"..."Z", "0"..."9": throw Fault(message: "\\\(sign) has no meaning in a pattern")
      default: return Signs(ranges: [sign.value...sign.value])
      }
    }

    private mutating func list() throws(Fault) -> Signs {
      var signs = Signs()
      if current == "^" {
        signs.isNegated = true
        place += 1
      }
      var isFirst = true
      while let sign = current, isFirst || sign != "]" {
        isFirst = false
        place += 1
        guard sign != "\\" else {
          let escaped = try escaped()
          guard !escaped.isNegated else { throw Fault(message: "a capital after \\ stands in brackets of the pattern") }
          signs.ranges += escaped.ranges
          continue
        }
        if current == "-", place + 1 < self.signs.count, self.signs[place + 1] != "]" {
          let last = self.signs[place + 1]
          guard last.value >= sign.value, last != "\\" else {
            throw Fault(message: "the range \(sign)-\(last) of the pattern is empty")
          }
          signs.ranges.append(sign.value...last.value)
          place += 2
        } else {
          signs.ranges.append(sign.value...sign.value)
        }
      }
      guard current == "]" else { throw Fault(message: "the pattern does not close a bracket") }
      place += 1
      return signs
    }
  }
}
