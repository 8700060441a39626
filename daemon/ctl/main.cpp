#include <unistd.h>

#include <iostream>

#include "ctl/command.h"

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  duban::ctl::Console console{std::cout, std::cerr, isatty(STDOUT_FILENO) != 0,
                               isatty(STDERR_FILENO) != 0};
  return duban::ctl::run(arguments, console);
}
