"""(十七) 考核、通报与问责 · appraisal, bulletins, commendation and criticism."""
