<?php

namespace FarmSiteMatrix;

use MediaWiki\MediaWikiServices;

/** What MediaWiki knows of a language by its code. */
class LanguageNames {

	private string $reader;

	/** @param string $reader the language of the one who asks */
	public function __construct( string $reader ) {
		$this->reader = $reader;
	}

	/** The name in the language itself. */
	public function own( string $code ): string {
		return MediaWikiServices::getInstance()->getLanguageNameUtils()->getLanguageName( $code );
	}

	/** The name in the reader's language, as far as MediaWiki has it. */
	public function local( string $code ): string {
		$utils = MediaWikiServices::getInstance()->getLanguageNameUtils();
		return $utils->getLanguageName( $code, $this->reader ) ?: $utils->getLanguageName( $code );
	}

	/** "ltr" or "rtl". */
	public function direction( string $code ): string {
		return MediaWikiServices::getInstance()->getLanguageFactory()->getLanguage( $code )->getDir();
	}
}
