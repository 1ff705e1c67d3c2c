import Expressions
import Outcomes
import Reductions
import Specs
import Statistics
import Tables

/// Reads target, rankings and members of reductions from a table.
struct ReductionColumns {
  let reductions: ReductionsPart
  let table: Table
  let target: ReductionTarget

  init(_ reductions: ReductionsPart, _ table: Table) throws(Reason) {
    self.reductions = reductions
    self.table = table
    guard let column = table[reductions.target.column] else {
      throw Reason("no column \(reductions.target.column)")
    }
    let clusters = reductions.isClustered ? table.clusters : nil
    try column.requireExact()
    do throws(Reason) {
      target = try ReductionTarget(
        column.numbers, higherIsBetter: reductions.target.better == .higher, clusters: clusters)
    } catch {
      throw Reason("\(reductions.target.column): \(error.text)")
    }
  }

  /// The places that a reduction keeps.
  func membership(_ candidate: ResolvedCandidate) throws(Reason) -> Result<Membership, Reason> {
    var kept: [Int]?
    var rule: Membership?
    if let expression = candidate.rule {
      let values = expression.values(in: table)
      let members = Membership(rule: target.rows.map { values[$0] })
      kept = members.certain
      rule = members
    }
    guard let top = candidate.top else { return .success(rule ?? Membership(kept: [])) }
    var columns: [[Double?]] = []
    for ranked in candidate.by {
      guard let column = table[ranked.name] else { throw Reason("no column \(ranked.name)") }
      columns.append(column.offsets.values.map { value in value.map { ranked.better == .lower ? -$0 : $0 } })
    }
    let scores = target.values(of: columns.count == 1 ? columns[0] : Lexicographic.scores(columns))
    do throws(Reason) {
      return .success(
        try Membership(
          top: target.count(of: top), of: scores, among: kept,
          unscored: "no \(candidate.by.map(\.name).joined(separator: " or "))"))
    } catch {
      return .failure(error)
    }
  }

  /// The values of a member at the places, as they are.
  func values(_ member: FamilyMember) throws(Reason) -> [Double?] {
    target.values(of: try member.source.numbers(in: table))
  }

  /// The top of a member's ranking in its declared direction.
  func top(_ member: FamilyMember, size: Int) throws(Reason) -> Result<Membership, Reason> {
    let scores = try values(member).map { value in value.map { member.better == .lower ? -$0 : $0 } }
    do throws(Reason) { return .success(try Membership(top: size, of: scores)) } catch { return .failure(error) }
  }

  /// What is measured.
  var settings: ReductionSettings {
    let spec = reductions.spec
    return ReductionSettings(
      tops: spec.top, draws: spec.draws, truncation: spec.truncation,
      interval: spec.interval.settings,
      tieDraws: spec.ties.draws, tieSeed: spec.ties.seed.bits)
  }
}
