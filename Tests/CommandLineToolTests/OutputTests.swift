import Foundation
import TestSupport
import Testing

@testable import CommandLineTool

/// What is written is written, or the exit status says that it was not.
@Suite struct OutputTests {
  private static let commands = [
    "export reports/small", "export reports/small main", "export reports/small main --format json",
    "export reports/small --value cells.rows", "plan a.yaml", "plan a.yaml --json", "explain a.yaml results",
    "metrics list", "metrics list --json", "metrics show snip", "data list", "data list --json", "store info",
    "store info --json", "store verify", "store gc --dry-run", "check --schema", "check a.yaml --json",
    "diff reports/small reports/small", "doctor", "run a.yaml", "run a.yaml --json", "report a.yaml",
    "init new.yaml --force",
    "--help", "--version", "run --help", "help plan", "--generate-completion-script bash",
    "measure cell.json --vocabulary 20 --embedding 4 --hidden 4 --layers 1 --steps 2 --columns 2 --json",
  ]

  @Test func lostStandardOutputIsAnError() throws {
    let tool = try SmallAnalysis.tool()
    _ = try tool.run(["init", "--recipe", "gru", "cell.json"])
    for command in Self.commands {
      for place in ["> /dev/full", ">&-"] {
        let result = try tool.shell("$TOOL \(command) \(place)")
        #expect(result.status == 74, "\(command) \(place): \(result.status)")
        #expect(result.errors.contains("standard output cannot be written"), "\(command) \(place): \(result.errors)")
      }
      #expect(try tool.shell("$TOOL \(command)").status == 0, "\(command)")
    }
    // No file took the place of the stream that was closed.
    #expect(try tool.run(["store", "verify"]).status == 0)
    for command in ["run a.yaml", "plan a.yaml", "store verify"] {
      #expect(try tool.shell("$TOOL \(command) <&- 2>&-").status == 0)
    }
  }

  /// A file that cannot be written, a folder that cannot be made.
  @Test(arguments: [
    "draw cell.json /proc/none/x.svg", "init /proc/none/a.yaml", "run a.yaml -o /proc/none/x",
    "run a.yaml --store /proc/none/store", "audit c.yaml --junit /dev/full", "audit c.yaml --json /dev/full",
  ])
  func inputAndOutputHaveTheirStatus(_ command: String) throws {
    let tool = try SmallAnalysis.tool()
    _ = try tool.run(["init", "--recipe", "gru", "cell.json"])
    try tool.write(
      SmallAnalysis.spec()
        + "\nclaims:\n  c: {title: T, statement: S, of: main.jacobian-cosine.kendall-tau-b, region: {above: -2}}",
      to: "c.yaml")
    let result = try tool.shell("$TOOL \(command)")
    #expect(result.status == 74, "\(result)")
  }

  @Test func emptyPathsAreUsage() throws {
    let tool = try Tool()
    for arguments in [
      ["plan", "a.yaml", "--store", ""], ["plan", "a.yaml", "--home", ""], ["plan", "a.yaml", "--data-dir", ""],
      ["export", ""], ["diff", "", "b"], ["draw", "a.json", ""], ["init", ""], ["audit", "--json", ""],
      ["audit", "--junit", ""], ["audit", "--summary", ""], ["store", "info", "--store", ""],
    ] {
      #expect(try tool.run(arguments).status == 64, "\(arguments)")
    }
  }

  /// Escape sequences and direction marks of others never reach a terminal.
  @Test func hiddenCharactersAreShown() throws {
    let tool = try SmallAnalysis.tool()
    let name = "x\u{1B}[31m\u{202E}y\u{7}"
    for arguments in [
      [name], ["run", "a.yaml", "--\(name)"], ["run", "a.yaml", "-j", name], ["metrics", "show", name],
      ["export", "reports/small", name], ["export", name], ["run", name], ["plan", "a.yaml", "--store", name + "/"],
      ["explain", "a.yaml", name], ["data", "path", name], ["diff", name, name],
      ["init", name + "/x", "--recipe", name],
      ["draw", "a", name], ["export", "reports/small", "--value", name], ["run", "a.yaml", "--only", name],
    ] {
      let result = try tool.run(arguments)
      for text in [result.output, result.errors] {
        #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{202E}", "\u{7}"].contains($0) }, "\(arguments)")
      }
    }
    let table = tool.folder + "/reports/small/tables/main"
    for ending in ["csv", "json", "tex"] {
      let text = try String(contentsOfFile: "\(table).\(ending)", encoding: .utf8)
      try text.replacing("Jacobian", with: ending == "json" ? "\u{202E}Jacobian" : name)
        .write(toFile: "\(table).\(ending)", atomically: true, encoding: .utf8)
    }
    for format in ["csv", "json", "latex", "markdown"] {
      let text = try tool.run(["export", "reports/small", "main", "--format", format]).output
      #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{202E}", "\u{7}"].contains($0) }, "\(format)")
      // In Markdown the report's own escaping has put a sign of replacement there.
      let shown = ["csv": "\\u{202e}", "latex": "\\u{202e}", "json": "\\u202e", "markdown": "\u{FFFD}"]
      #expect(text.contains(shown[format] ?? "?"), "\(format)")
    }
  }

  @Test func visibleText() {
    #expect(VisibleText.lines("a\nb\u{1B}c\r\nd") == "a\nb\\u{1b}c\\u{d}\nd")
    #expect(VisibleText.table("a\tb\u{202E}\n") == "a\tb\\u{202e}\n")
    #expect(VisibleText.json("{\"é\u{202E}\u{E0001}\"}\n") == "{\"é\\u202e\\udb40\\udc01\"}\n")
  }

  @Test func theStatusesAreTheDocumentedOnes() throws {
    let page = try String(contentsOfFile: "\(checkout)/docs/analyses.md", encoding: .utf8)
    let rows = page.components(separatedBy: "## Exit status")[1].components(separatedBy: "\n## ")[0]
      .split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
    #expect(rows.map(String.init) == ExitStatus.meanings.map { "| \($0.status) | \($0.meaning) |" })
    #expect(ExitStatus.meanings.map(\.status) == [0, 1, 3, 4, 5, 64, 65, 66, 70, 74, 130])
  }
}
