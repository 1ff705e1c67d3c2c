import Outcomes
import Tables
import Testing

@testable import Sections

/// Groups have keys of their own, whatever they are called.
@Suite struct GroupLabelTests {
  private func keys(_ names: [String]) -> [String] { GroupLabel.uniqueKeys(names.map { GroupLabel([$0]) }) }

  @Test func namesThatDifferHaveKeysThatDiffer() {
    #expect(keys(["<10M", ">10M"]) == ["-10m", "-10m-2"])
    #expect(keys(["ReLU", "relu", "RELU"]) == ["relu-2", "relu", "relu-3"])
    #expect(keys(["", "empty", "Empty"]) == ["empty-2", "empty", "empty-3"])
    #expect(keys(["a-2", "A", "a"]) == ["a-2", "a-3", "a"])
    #expect(keys(["+", "-", "×"]) == ["--2", "-", "--3"])
    #expect(keys(["4", "256"]) == ["4", "256"])
  }

  @Test func keysThatNobodySharesStay() {
    let names = ["x", "b c", "B-C", "b-c", "b-c-2", "tanh"]
    let made = keys(names)
    #expect(Set(made).count == names.count)
    #expect(made[0] == "x" && made[3] == "b-c" && made[4] == "b-c-2" && made[5] == "tanh")
    #expect(keys(names.filter { $0 != "b c" })[4] == "tanh")
  }

  @Test func severalColumnsMayMeet() {
    let labels = [GroupLabel(["a-b", "c"]), GroupLabel(["a", "b-c"]), GroupLabel([])]
    #expect(GroupLabel.uniqueKeys(labels) == ["a-b-c", "a-b-c-2", "all"])
    #expect(
      GroupLabel([""]).title == "(empty)" && GroupLabel([]).title == "all"
        && GroupLabel(["", "2"]).title == "(empty), 2")
  }

  @Test func numbersComeBeforeTextInOrderOfSize() {
    let names = ["relu", "10", "9", "", "nan", "-1", "1e3"]
    #expect(
      names.map { GroupLabel([$0]) }.sorted().map(\.parts) == [["-1"], ["9"], ["10"], ["1e3"], [""], ["nan"], ["relu"]])
  }

  /// A text "undefined" and a missing value are two groups, where the latter is one.
  @Test func undefinedCellsAreAGroupOfTheirOwn() throws {
    let column = Column(
      schema: ColumnSchema(name: "op", type: .text), storage: .text(["undefined", "x", "Reason", ""]),
      undefined: [3: "none"])
    let table = Table(columns: [column], origins: (1...4).map { RowOrigin(file: "f", line: $0) })
    let groups = try LabelledGroups(table, by: ["op"])
    #expect(groups.rows.count == 4 && Set(groups.keys).count == 4)
    #expect(try LabelledGroups(table, by: []).keys == ["all"])
    let defined = try LabelledGroups(table, by: ["op"], undefined: .leftOut)
    #expect(defined.labels.map(\.title) == ["Reason", "undefined", "x"])
    #expect(defined.rows == [[2], [0], [1]] && defined.numbers == [1, 2, 0, nil])
  }
}
