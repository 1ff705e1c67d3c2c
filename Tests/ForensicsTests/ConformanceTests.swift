import Documents
import Foundation
import Specs
import Tables
import TestSupport
import Testing

@testable import Forensics

/// What every check must do, whatever it looks for.
@Suite struct ConformanceTests {
  /// Each kind with settings that name columns x, y, z, k and id.
  static let checks: [any ForensicCheck] = [
    DuplicatesCheck { $0.id = "id" }, DuplicatesCheck { $0.columns = .named(["x", "k"]) },
    ReplicatesCheck {
      $0.keys = .named(["k"]); $0.target = "x"; $0.differs = ["y"]; $0.strata = ["z"]; $0.id = "id"
    },
    FunctionOfCheck {
      $0.column = "x"; $0.of = ["k"]; $0.tolerance = 0.1; $0.id = "id"
    },
    FunctionOfCheck {
      $0.column = "k"; $0.of = ["x", "y"]
    },
    ColumnMatchCheck {
      $0.column = "x"; $0.candidates = ["y", "z", "x"]; $0.relations = ColumnRelation.allCases; $0.tolerance = 0.1
    },
    SurvivorshipCheck {
      $0.keys = ["id"]; $0.target = "x"; $0.by = ["k", "z"]
    },
    BatchOverlapCheck {
      $0.subject = ["k"]; $0.order = "id"; $0.length = 70; $0.stride = 1; $0.permutations = 20
    },
    ConstantOffsetCheck {
      $0.column = "x"; $0.counterpart = .column("y")
    },
    ConstantOffsetCheck {
      $0.column = "x";
      $0.counterpart = .conditions(
        .init {
          $0.column = "z"; $0.values = ["1.0", "2.0"]; $0.keys = ["k"]
        })
    },
    CopiedValuesCheck {
      $0.over = "z"; $0.keys = ["k"]; $0.share = 0.5
    },
    AggregateCheck {
      $0.column = "x"; $0.parts = ["y", "z"]; $0.statistic = .product; $0.id = "id"; $0.by = "k"
    },
    AccumulationCheck {
      $0.subject = ["k"]; $0.order = "z"; $0.per = ["y"]
    },
  ]

  /// Tables that are short, empty, extreme or odd.
  static var tables: [Table] {
    let texts: [String?] = ["a", "é", "", "a", nil]
    let extreme: [Double?] = [1.7e308, -1.7e308, 0, -0.0, .leastNonzeroMagnitude, nil, 1, 1, 1.7e308, 2, 2, 3]
    func made(_ rows: Int, _ value: (Int, Int) -> Double?) -> Table {
      table(
        column("x", (0..<rows).map { value(0, $0) }), column("y", (0..<rows).map { value(1, $0) }),
        column("z", (0..<rows).map { value(2, $0) }),
        column("k", texts: (0..<rows).map { texts[$0 % 5] }),
        column("id", integers: (0..<rows).map { row -> Int? in row == 3 ? Int.max : row == 4 ? Int.min : row }))
    }
    return [
      table(), table(column("x", [])), made(0) { _, _ in 0 }, made(1) { _, _ in 1 },
      made(2) { $1 == 0 ? nil : Double($0) },
      made(12) { _, _ in nil }, made(12) { _, _ in 4 }, made(12) { extreme[($0 + $1) % 12] },
      made(24) { extreme[($0 * 5 + $1 * 7) % 12] }, made(30) { Double(($0 + $1 * $1) % 4) },
      table(column("x", texts: ["1", "2"]), column("y", texts: ["1", nil]), column("id", integers: [1, 1])),
    ]
  }

  @Test func noTableMakesACheckTrapOrLoseItsNumbers() {
    for check in Self.checks {
      for (place, table) in Self.tables.enumerated() {
        for other in [nil, Self.tables[0], Self.tables[7], table] {
          let finding = check.finding(ForensicTables(table, against: other))
          #expect(finding == check.finding(ForensicTables(table, against: other)))
          #expect((finding.verdict == .undecidable) == (finding.reason != nil), "\(type(of: check).kind) of \(place)")
          let numbers = finding.numbers.map(\.key)
          let keys = numbers + finding.sections.map(\.key) + ["title", "kind", "verdict", "reason", "record"]
          #expect(Set(keys).count == keys.count, "\(type(of: check).kind) of \(place)")
          #expect(finding.headline.allSatisfy(numbers.contains), "\(type(of: check).kind) of \(place)")
          #expect(finding.examples.count <= Finding.exampleLimit)
          for section in finding.sections {
            #expect(Set(section.rows.map(\.key)).count == section.rows.count && section.rows.count <= Finding.rowLimit)
            for row in section.rows { #expect(row.numbers.map(\.key) == section.rows[0].numbers.map(\.key)) }
          }
          for number in finding.numbers + finding.sections.flatMap({ $0.rows.flatMap(\.numbers) }) {
            #expect(number.value.double?.isFinite ?? true, "\(type(of: check).kind) \(number.key)")
          }
        }
      }
    }
  }

  /// A finding holds counts and names, no column of the data: its size does not grow with the table.
  @Test func findingsStayShort() {
    let rows = 3000
    let long = table(
      column("x", (0..<rows).map { Double($0 / 2) }), column("y", (0..<rows).map { Double($0 / 2 % 700) }),
      column("z", (0..<rows).map { Double($0 % 300) }), column("k", texts: (0..<rows).map { "k\($0 / 3)" }),
      column("id", integers: (0..<rows).map { $0 }))
    for check in Self.checks {
      let finding = check.finding(ForensicTables(long, against: long.selecting(rows: [1, 2])))
      let values = finding.sections.reduce(finding.numbers.count) { $0 + $1.rows.reduce(0) { $0 + $1.numbers.count } }
      #expect(values < 700, "\(type(of: check).kind)")
    }
  }

  @Test func theCatalogueHoldsTheFolder() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(checkout)/Sources/Forensics/Checks")
    let listed = ForensicCatalog.all.map { "\($0).swift" }
    #expect(Set(files.filter { $0.hasSuffix("Check.swift") }) == Set(listed))
    #expect(Set(ForensicCatalog.all.map { $0.kind }).count == listed.count)
    let tried = Set(Self.checks.map { type(of: $0).kind })
    #expect(tried == Set(ForensicCatalog.all.map { $0.kind }))
  }

  @Test(arguments: [
    ("Layer 1 hidden covariance", "layer-1-hidden-covariance"), ("4, 256", "4-256"), ("é", "value"), ("--a--", "a"),
    ("50000", "50000"),
  ])
  func keysOfRows(_ title: String, _ key: String) {
    #expect(FindingSection.kebab(title) == key)
  }
}
