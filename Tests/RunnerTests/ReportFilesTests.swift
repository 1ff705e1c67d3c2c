import Documents
import Pipeline
import Store
import TestSupport
import Testing

@testable import Runner

/// The files of a report with every section, table and figure.
@Suite struct ReportFilesTests {
  private func files() async throws -> [String: String] {
    let every = try EveryAnalysis()
    let (result, store) = try await every.run(try every.plan())
    let report = try #require(result.records["report"])
    return try report.artifacts.mapValues { String(decoding: try store.artifact($0), as: UTF8.self) }
  }

  @Test func tablesHaveNoMarksAndNoTwoColumnsOfOneName() async throws {
    let files = try await files()
    let tables = files.filter { $0.key.hasPrefix("tables/") && $0.key.hasSuffix(".json") }
    #expect(tables.count > 30)
    for (name, text) in tables {
      let table = JSONValue(try DocumentReader.read(Array(text.utf8), file: name))
      let columns = (table["columns"]?.elements ?? []).compactMap(\.string)
      #expect(Set(columns).count == columns.count, "\(name): \(columns)")
      let cells = (table["rows"]?.elements ?? []).flatMap { $0.elements ?? [] }.compactMap(\.string)
      #expect(cells.allSatisfy { !$0.contains("**") }, "\(name)")
      // A minus sign of print, or brackets, in a data file is a number that was not taken apart.
      #expect(cells.allSatisfy { $0.firstMatch(of: /^(−[.0-9]|\[[−.0-9])/) == nil }, "\(name): \(cells)")
    }
  }

  /// A head over columns stands over two at least, and names no column beside it that it does not span.
  @Test func headsOverColumnsSpanThem() async throws {
    let page = try #require(try await files()["index.html"])
    let heads = page.matches(of: /<tr class="groups">(.*?)<\/tr><tr>(.*?)<\/tr>/)
    #expect(heads.count > 2)
    for head in heads {
      let groups = head.1.matches(of: /scope="colgroup" colspan="([0-9]+)">(.*?)<\/th>/)
      #expect(groups.allSatisfy { Int($0.1) ?? 0 > 1 }, "\(head.1)")
      for group in groups { #expect(!head.2.contains(">\(group.2)</button>"), "\(group.2)") }
    }
  }

  @Test func captionsCanNameTheCoefficientsShown() async throws {
    let text = try #require(try await files()["report.md"])
    #expect(text.firstMatch(of: /\*\*Figure [0-9]+\.\*\* Somers' d, Kendall τ-b and Spearman ρ of 2[0-9]\n/) != nil)
  }

  /// Every value of the results lies inside its own interval.
  @Test func valuesLieInsideTheirIntervals() async throws {
    let text = try #require(try await files()["results.json"])
    let results = JSONValue(try DocumentReader.read(Array(text.utf8), file: "results.json"))
    var count = 0
    func visit(_ value: JSONValue, _ path: String) {
      if let number = value["value"]?.double, let lower = value["lower"]?.double, let upper = value["upper"]?.double {
        count += 1
        let slack = 1e-9 * max(1, abs(number))
        #expect(lower - slack <= number && number <= upper + slack, "\(path): \(number) [\(lower), \(upper)]")
      }
      for member in value.members ?? [] { visit(member.value, "\(path).\(member.key)") }
      for (index, element) in (value.elements ?? []).enumerated() { visit(element, "\(path).\(index)") }
    }
    visit(results, "results")
    #expect(count > 40, "\(count)")
  }

  /// In a column of numbers all have a zero before the point or none, and the same decimals; p-values have three or four. Lists of
  /// claims and findings hold numbers of different quantities, and printed numbers have the digits of their publication.
  @Test func numbersOfAColumnAreWrittenAlike() async throws {
    let text = try #require(try await files()["report.md"])
    var head: [Substring] = []
    var styles: [Int: Set<Bool>] = [:]
    var places: [Int: Set<Int>] = [:]
    func close() {
      if head.first == "Verdict" || head.first == "Finding" { (styles, places) = ([:], [:]) }
      for (column, found) in styles where head[column] != "Printed" {
        #expect(found.count <= 1, "\(head[column]) of \(head)")
      }
      for (column, found) in places where head[column] != "Printed" && !Self.isProbability(head[column]) {
        #expect(found.count <= 1, "\(head[column]) of \(head): \(found)")
      }
      (head, styles, places) = ([], [:], [:])
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("| ") else {
        close()
        continue
      }
      let cells = line.dropFirst(2).split(separator: " | ", omittingEmptySubsequences: false)
      if head.isEmpty { head = cells }
      for (column, cell) in cells.enumerated() where column < head.count && !cell.contains("×10") {
        for match in cell.matches(of: /[−\[ ]?([0-9,]*)\.([0-9]+)(?![0-9.]*[a-z])/)
        where cell.first.map({ "−.0123456789".contains($0) }) == true {
          if match.output.1.isEmpty || match.output.1 == "0" {
            styles[column, default: []].insert(match.output.1.isEmpty)
          }
          places[column, default: []].insert(match.output.2.count)
        }
      }
    }
    close()
  }

  private static func isProbability(_ head: Substring) -> Bool {
    ["p", "P", "adjusted"].contains(head) || head.firstMatch(of: /(^|: )p([, (]|$)/) != nil
  }

  /// Rows read are the rows left out and those used, each of which is counted by itself; remarks say what was left out, and no two
  /// tables have one name.
  @Test func rowsOfTheDataAddUp() async throws {
    let text = try #require(try await files()["tables/data.json"])
    let table = JSONValue(try DocumentReader.read(Array(text.utf8), file: "data.json"))
    let rows = (table["rows"]?.elements ?? []).compactMap(\.elements)
    #expect(rows.count > 8 && Set(rows.compactMap { $0[0].string }).count == rows.count)
    var (excluded, unmatched) = (0, 0)
    for row in rows {
      let (read, leftOut, used) = (try #require(row[2].int), try #require(row[3].int), try #require(row[4].int))
      #expect(read == leftOut + used, "\(row)")
      // Every remark that begins with a number of rows that were left out.
      let remarks = (row.last?.string ?? "").split(separator: "; ")
      let told = remarks.filter { $0.contains("skipped: ") || $0.contains("left out") }
        .compactMap { Int($0.prefix { $0 != " " }) }.reduce(0, +)
      #expect(told == leftOut, "\(row)")
      excluded += remarks.count { $0.hasSuffix("left out by the analysis") }
      unmatched += remarks.count { $0.contains("without a partner") }
    }
    #expect(excluded > 1 && unmatched > 1)
  }

  /// The strongest of several metrics has a p-value that is adjusted for their number, in prose as in the table.
  @Test func theBestMetricHasAnAdjustedPValueInProse() async throws {
    let text = try #require(try await files()["report.md"])
    let match = try #require(text.firstMatch(of: /adjusted p ((≤ )?\.[0-9]{3})/))
    #expect(text.contains("| \(match.output.1) |"))
  }

  @Test func theLeadAndTheOriginsAreInThePage() async throws {
    let page = try #require(try await files()["index.html"])
    #expect(page.contains("<div class=\"opening\">") && page.contains("<figure id=\"figure-opening\">"))
    #expect(page.contains("Ann One, Bo Two") && page.contains("2024-02-29") && page.contains("href=\"../index.html\""))
    let parts = page.matches(of: #/<(div class="tabled[^"]*" id="table-|figure id=)/#).count
    #expect(page.matches(of: #/<details class="made">/#).count == parts)
    #expect(page.contains("<pre><code>correlations:\n  main:"))
  }
}
