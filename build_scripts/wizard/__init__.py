"""What the wizard, the tools and their worksheets are given: questions, words, rehearsals."""
