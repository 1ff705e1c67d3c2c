import CommandLineTool
import Foundation

@main
enum Main {
  static func main() async { exit(await TrainfreeCommand.status(of: Array(CommandLine.arguments.dropFirst()))) }
}
