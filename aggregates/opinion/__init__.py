"""(七) (八) (九) 政务舆情回应 · public opinion and incidents."""
