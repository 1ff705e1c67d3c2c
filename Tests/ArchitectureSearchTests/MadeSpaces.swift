import ArchitectureSearch
import Outcomes
import Statistics

/// Texts of digits 0 … 9: an enumerated space, whose mutation changes one digit.
struct DigitSpace: CandidateSpace {
  let length: Int
  var isEnumerated = true

  var count: Int? { isEnumerated ? (0..<length).reduce(1) { all, _ in all * 10 } : nil }

  func candidate(at index: Int) -> [Int]? {
    guard let count, (0..<count).contains(index) else { return nil }
    var rest = index
    return (0..<length).map { _ in
      defer { rest /= 10 }
      return rest % 10
    }
  }

  func sample(seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    return (0..<length).map { _ in generator.next(below: 10) }
  }

  func mutated(_ candidate: [Int], seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    var child = candidate
    child[generator.next(below: length)] = generator.next(below: 10)
    return child
  }

  func text(of candidate: [Int]) -> String { candidate.map(String.init).joined() }

  func quantity(_ name: String, of candidate: [Int]) -> Double? {
    name == "sum" ? Double(candidate.reduce(0, +)) : nil
  }
}

/// Scores digits by a function, and counts what it was asked for.
struct DigitScorer: CandidateScorer {
  let score: @Sendable ([Int]) -> Double?

  func evaluations(of candidates: [[Int]]) async throws(Reason) -> [Outcome<CandidateEvaluation>] {
    candidates.map { candidate in
      guard let value = score(candidate) else { return .failure(Reason("no score")) }
      return .of { () throws(Reason) in try CandidateEvaluation([[value]]) }
    }
  }
}

/// Numbers in (0, 1) of a seed.
func uniform(_ count: Int, seed: UInt64) -> [Double] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in (Double(generator.next() >> 12) + 0.5) / 0x1p52 }
}

/// Evaluations of one metric with one value each.
func evaluations(_ values: [Double]) throws -> [Outcome<CandidateEvaluation>] {
  try values.map { .success(try CandidateEvaluation([[$0]])) }
}
